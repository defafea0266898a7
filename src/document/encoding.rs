//! From bytes to UTF-8: which encoding a file is in, and its text.
//!
//! Valid UTF-8 is UTF-8, whatever a label says: text of another encoding with a character outside ASCII is hardly ever
//! valid by chance. Only what is left is guessed. A guess is made from bytes alone (and a page's own `<meta charset>`),
//! so that the same file is read the same way wherever it lies.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;

use super::DocumentError;
use super::position::floor_boundary;

/// How far into a file is looked for bytes that no text has.
const BINARY_SAMPLE: usize = 8 * 1024;
/// How far into a page its declaration of an encoding is looked for. Browsers look at 1 KiB; many pages need more.
const DECLARATION_SAMPLE: usize = 8 * 1024;
/// How much of a long file is shown to the detector, from its start and from its first byte that is not UTF-8.
const GUESS_SAMPLE: usize = 1024 * 1024;
/// A file of which more than one in so many characters is a control character is no text.
const CONTROL_SHARE: usize = 20;
/// A file of which fewer than one in so many bytes is invalid UTF-8 may be UTF-8 with damage.
const DAMAGE_SHARE: usize = 200;

/// Files that people take for text, by how they begin. None of these beginnings is plausible in a text.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, XLSX, ODT or EPUB file)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office file of before 2007"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
];

/// A file's text, and how it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, byte order mark included.
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// Whether some bytes became U+FFFD.
    pub invalid_bytes: bool,
}

/// Decodes a file. Valid UTF-8 is taken over without a copy.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, DocumentError> {
    check_size(bytes.len())?;
    if let Some((_, found)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(DocumentError::Binary { found: (*found).to_owned() });
    }
    let decoded = if let Some(encoding) = utf_16(&bytes)? {
        decode_as(encoding, &bytes)
    } else {
        if let Some(at) = memchr::memchr(0, &bytes[..bytes.len().min(BINARY_SAMPLE)]) {
            return Err(DocumentError::Binary { found: format!("a NUL byte at offset {at}") });
        }
        match String::from_utf8(bytes) {
            Ok(text) if declared(text.as_bytes()) == Some(ISO_2022_JP) => decode_as(ISO_2022_JP, text.as_bytes()),
            Ok(text) => Decoded { text, encoding: UTF_8.name(), invalid_bytes: false },
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                decode_as(legacy(&bytes, at), &bytes)
            }
        }
    };
    check_size(decoded.text.len())?;
    check_controls(&decoded.text)?;
    Ok(decoded)
}

fn check_size(bytes: usize) -> Result<(), DocumentError> {
    match u32::try_from(bytes) {
        Ok(_) => Ok(()),
        Err(_) => Err(DocumentError::TooLarge { bytes: bytes as u64 }),
    }
}

/// Refuses what decodes but does not read: a text has line breaks, tabs and the odd terminal escape, little else.
fn check_controls(text: &str) -> Result<(), DocumentError> {
    let sample = &text[..floor_boundary(text, BINARY_SAMPLE)];
    if !may_have_controls(sample.as_bytes()) {
        return Ok(());
    }
    let expected = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{8}' | '\u{1a}' | '\u{1b}' | '\u{85}');
    let controls = sample.chars().filter(|&c| c.is_control() && !expected(c)).count();
    if controls * CONTROL_SHARE > sample.len() {
        let found = format!("{controls} control characters in the first {} bytes", sample.len());
        return Err(DocumentError::Binary { found });
    }
    Ok(())
}

/// Whether there is any control character but tabs and line breaks. Without early exits the loop takes many bytes at a
/// time; nearly all texts have none.
fn may_have_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\r') & (byte != b'\t') | (byte == 0x7f);
    let mut found = bytes.last().is_some_and(|&last| is_control(last));
    for (&byte, &next) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        found |= is_control(byte) | (byte == 0xc2) & (next < 0xa0);
    }
    found
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, invalid_bytes) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), invalid_bytes }
}

/// UTF-16, by its byte order mark or by where its NUL bytes are.
fn utf_16(bytes: &[u8]) -> Result<Option<&'static Encoding>, DocumentError> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            return Err(DocumentError::UnsupportedEncoding { found: "UTF-32" });
        }
        [0xff, 0xfe, ..] => return Ok(Some(UTF_16LE)),
        [0xfe, 0xff, ..] => return Ok(Some(UTF_16BE)),
        _ => {}
    }
    let pairs = &bytes[..bytes.len().min(BINARY_SAMPLE) & !1];
    if memchr::memchr(0, pairs).is_none() {
        return Ok(None);
    }
    let units = pairs.len() / 2;
    let nuls = |parity: usize| pairs.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    // Text of a Latin script has a NUL in nearly every unit, and never in the half that tells letters apart.
    let mostly = |count: usize| count * 10 >= units * 7;
    Ok(match () {
        () if units < 2 || bytes.len() % 2 == 1 && bytes.len() < BINARY_SAMPLE => None,
        () if mostly(odd) && even == 0 => Some(UTF_16LE),
        () if mostly(even) && odd == 0 => Some(UTF_16BE),
        () => None,
    })
}

/// The encoding of bytes that are not valid UTF-8, `at` being the first invalid one.
fn legacy(bytes: &[u8], at: usize) -> &'static Encoding {
    if is_damaged_utf_8(bytes) {
        return UTF_8;
    }
    if let Some(encoding) = declared(bytes)
        && encoding != UTF_8
    {
        return encoding;
    }
    let head = &bytes[..bytes.len().min(GUESS_SAMPLE)];
    let tail = &bytes[at.max(head.len())..];
    let tail = &tail[..tail.len().min(GUESS_SAMPLE)];
    if is_plain_windows_1252(head, tail) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, false);
    detector.feed(tail, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether bytes that are not valid UTF-8 are still better read as UTF-8, with U+FFFD for the damage.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    // Characters above ASCII that are whole; bytes that are part of none; of these, those that began one and those that
    // nobody writes in windows-1252.
    let (mut whole, mut invalid, mut cut, mut implausible) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut last = 0;
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        last = chunk.invalid().len();
        invalid += last;
        cut += usize::from(last > 1);
        implausible += chunk.invalid().iter().filter(|&&byte| !is_windows_1252_text(byte)).count();
    }
    let rare = invalid * DAMAGE_SHARE < bytes.len();
    // A file that was cut in the middle of its last character.
    let only_at_end = invalid == last && last > 1;
    only_at_end || whole >= 4 * invalid || (rare && (whole >= invalid || cut + implausible > 0))
}

/// Whether a byte above ASCII is something that people write in windows-1252.
fn is_windows_1252_text(byte: u8) -> bool {
    !matches!(byte, 0x80..=0x9f) || !matches!(byte, 0x81 | 0x83 | 0x88 | 0x8d | 0x8f | 0x90 | 0x98 | 0x9d)
}

/// Whether a text is mostly ASCII and what is not are the signs that English text has: currency signs, quotation
/// marks, dashes, fractions, degrees. A statistical guess has too little to go by there, and all other candidates have
/// letters in these places.
fn is_plain_windows_1252(head: &[u8], tail: &[u8]) -> bool {
    let sign = |byte: u8| {
        matches!(byte, 0x80 | 0x82 | 0x84..=0x87 | 0x89 | 0x8b | 0x91..=0x97 | 0x99 | 0x9b)
            || matches!(byte, 0xa0 | 0xa2..=0xa5 | 0xa7 | 0xa9 | 0xab | 0xae | 0xb0..=0xb3 | 0xb6 | 0xb7 | 0xb9 | 0xbb..=0xbe)
            || matches!(byte, 0xc9 | 0xe9 | 0xd7)
    };
    let mut above = 0;
    for &byte in head.iter().chain(tail).filter(|byte| !byte.is_ascii()) {
        if !sign(byte) {
            return false;
        }
        above += 1;
    }
    above * 20 < head.len() + tail.len()
}

/// The encoding that a page declares in a `<meta>` element or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static DECLARATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?i-u)(?:<meta\s[^>]{0,300}?charset\s*=\s*["']?|^\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["'])\s*([\w.:-]+)"#,
        )
        .ok()
    });
    let sample = &bytes[..bytes.len().min(DECLARATION_SAMPLE)];
    memchr::memchr(b'<', sample)?;
    let label = DECLARATION.as_ref()?.captures(sample)?.get(1)?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    // The declaration itself was read as ASCII, so UTF-16 cannot be meant.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str, bool) {
        let decoded = decode(bytes.to_vec()).expect("text");
        (decoded.text, decoded.encoding, decoded.invalid_bytes)
    }

    fn code(bytes: &[u8]) -> &'static str {
        decode(bytes.to_vec()).expect_err("no text").code()
    }

    fn utf_16_bytes(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf_8_is_taken_over() {
        assert_eq!(read(b""), (String::new(), "UTF-8", false));
        assert_eq!(read("£5 für 3 €".as_bytes()), ("£5 für 3 €".to_owned(), "UTF-8", false));
        let bytes = "Ana owes 5 €".as_bytes().to_vec();
        let address = bytes.as_ptr();
        assert_eq!(decode(bytes).expect("text").text.as_ptr(), address);
    }

    #[test]
    fn byte_order_mark_stays() {
        assert_eq!(read(b"\xef\xbb\xbfab").0, "\u{feff}ab");
        let little = utf_16_bytes("\u{feff}Ana, 5 €", u16::to_le_bytes);
        assert_eq!(read(&little), ("\u{feff}Ana, 5 €".to_owned(), "UTF-16LE", false));
        let big = utf_16_bytes("\u{feff}Ana, 5 €", u16::to_be_bytes);
        assert_eq!(read(&big), ("\u{feff}Ana, 5 €".to_owned(), "UTF-16BE", false));
    }

    #[test]
    fn utf_16_without_mark_is_seen_by_its_nuls() {
        assert_eq!(read(&utf_16_bytes("Ana paid £5.", u16::to_le_bytes)).1, "UTF-16LE");
        assert_eq!(read(&utf_16_bytes("Ana paid £5.", u16::to_be_bytes)).1, "UTF-16BE");
    }

    #[test]
    fn windows_1252_is_detected() {
        for text in [
            &b"The fee was \xa35 a day."[..],
            b"It cost \x8020 in the caf\xe9 on the corner.",
            b"Caf\xe9 owners said \x93no\x94 \x96 they won\x92t pay \x80300.",
            b"Andr\xe9 and Zo\xeb walked 12 km to the caf\xe9.",
            b"na\xefve fa\xe7ade, \xa33.50 or \x804, 20\xb0C",
        ] {
            let (_, encoding, invalid) = read(text);
            assert_eq!((encoding, invalid), ("windows-1252", false), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn other_legacy_encodings_are_guessed() {
        let (text, _, _) = encoding_rs::WINDOWS_1251.encode("Анна заплатила 300 рублей за книгу о северном море.");
        assert_eq!(read(&text).1, "windows-1251");
        let (text, _, _) = encoding_rs::SHIFT_JIS.encode("田中さんは昨日、三百円の本を買いました。");
        assert_eq!(read(&text).1, "Shift_JIS");
    }

    #[test]
    fn damaged_utf_8_stays_utf_8() {
        let mut bytes = "Zoë paid 5 € to Ana’s café. ".repeat(20).into_bytes();
        bytes.insert(10, 0xff);
        let (text, encoding, invalid) = read(&bytes);
        assert_eq!((encoding, invalid), ("UTF-8", true));
        assert!(text.contains("Ana’s café"));
        // Cut in the middle of a character.
        let cut = ["Ana walked home. ".repeat(20).as_bytes(), b"\xe2\x80"].concat();
        assert_eq!(read(&cut).1, "UTF-8");
        let cut = ["Ana walked home. ".repeat(40).as_bytes(), b"\xe2\x80 and slept."].concat();
        assert_eq!(read(&cut).1, "UTF-8");
    }

    #[test]
    fn a_page_declares_its_encoding() {
        let page = b"<html><head><meta charset=\"iso-8859-2\"></head><p>\xa3\xf3d\xbc</p>";
        assert_eq!((read(page).0.contains("Łódź"), read(page).1), (true, "ISO-8859-2"));
        let page = b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xcf\xf0</p>";
        assert_eq!(read(page).1, "windows-1251");
        // A label that the bytes contradict is no label.
        assert_eq!(read("<meta charset=latin1><p>é</p>".as_bytes()).1, "UTF-8");
    }

    #[test]
    fn binary_is_refused() {
        assert_eq!(code(b"%PDF-1.4\n%\xe2\xe3"), "binary");
        assert_eq!(code(b"ab\0cd and more of it"), "binary");
        assert_eq!(code(b"\x01\x02\x03\x04abcdefgh"), "binary");
        assert_eq!(code(b"\xff\xfe\0\0a\0\0\0"), "unsupported-encoding");
    }

    #[test]
    fn a_lone_nul_deep_in_a_text_is_a_character() {
        let text = format!("{}\0{}", "Ana walked. ".repeat(1000), "Ben ran. ".repeat(1000));
        assert_eq!(read(text.as_bytes()).1, "UTF-8");
    }

    #[test]
    fn four_gibibytes_are_too_large() {
        assert!(check_size(u32::MAX as usize).is_ok());
        assert_eq!(check_size(1 << 32), Err(DocumentError::TooLarge { bytes: 1 << 32 }));
    }
}
