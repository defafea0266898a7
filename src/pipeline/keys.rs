//! Names of files as document keys: UTF-8, `/` between folders, one key per file.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// The key of a path below the folder that all input is in.
///
/// A key is a cell of every table, so what cannot stand in one is percent-encoded: bytes that are not UTF-8, and
/// control characters such as a line break. A `%` that is really in a name is left alone, for the sake of everyday
/// names (`100% cotton.txt`); should two files come to the same key by that, [`Sources`](super::Sources) tells them
/// apart.
pub(super) fn key_of(relative: &Path) -> String {
    let mut key = String::new();
    for component in relative.components() {
        if let Component::Normal(name) = component {
            if !key.is_empty() {
                key.push('/');
            }
            push_name(&mut key, name);
        }
    }
    key
}

/// Adds one name, percent-encoded where need be.
pub(super) fn push_name(key: &mut String, name: &OsStr) {
    let encode = |bytes: &[u8], key: &mut String| {
        for byte in bytes {
            // Writing to a string does not fail.
            let _ = write!(key, "%{byte:02X}");
        }
    };
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_control() {
                encode(character.encode_utf8(&mut [0; 4]).as_bytes(), key);
            } else {
                key.push(character);
            }
        }
        encode(chunk.invalid(), key);
    }
}

/// The deepest folder that holds all of the folders; empty if there is none.
///
/// Keys are paths below it. So one folder gives the plain paths inside it, `2018 2019` give `2018/…` and `2019/…`, and
/// no two roots can claim the same key.
pub(super) fn common_folder<'a>(mut folders: impl Iterator<Item = &'a Path>) -> PathBuf {
    let first = folders.next().unwrap_or_else(|| Path::new(""));
    folders.fold(first.to_owned(), |common, folder| {
        let shared = common.components().zip(folder.components()).take_while(|(one, other)| one == other);
        shared.map(|(component, _)| component).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_slashes_and_are_one_line() {
        for (path, key) in
            [("a/b.txt", "a/b.txt"), ("./a", "a"), ("x\ny.txt", "x%0Ay.txt"), ("100%.txt", "100%.txt"), ("é", "é")]
        {
            assert_eq!(key_of(Path::new(path)), key);
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_utf8_are_percent_encoded() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(key_of(Path::new(OsStr::from_bytes(b"caf\xe9\xff.txt"))), "caf%E9%FF.txt");
    }

    #[test]
    fn the_common_folder_is_the_deepest_one() {
        for (folders, common) in [
            (&["/in"][..], "/in"),
            (&["/in/2018", "/in/2019"], "/in"),
            (&["/in", "/in/2019"], "/in"),
            (&["/in/20", "/in/201"], "/in"),
            (&["/a", "/b"], "/"),
            (&[], ""),
        ] {
            assert_eq!(common_folder(folders.iter().map(Path::new)), Path::new(common));
        }
    }
}
