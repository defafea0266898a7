//! The cells that only the table of a kind has, in the order of [`Table::own_fields`](super::schema::Table::own_fields).

use super::schema::Table;
use crate::normalize::{Amount, Date, Decimal, Money, Number, Organization, Place, Qualifier, Value};

/// What takes cells one after the other.
pub(super) trait Cells {
    /// A cell of words or codes, or of digits as a dictionary has them.
    fn text(&mut self, cell: &str);

    /// An exact number.
    fn decimal(&mut self, cell: &Decimal);

    /// A day.
    fn day(&mut self, cell: jiff::civil::Date);

    /// The id of another fact of the document.
    fn reference(&mut self, fact: usize);

    /// A cell of what is not known.
    fn empty(&mut self) {
        self.text("");
    }
}

fn maybe(cells: &mut impl Cells, cell: Option<&str>) {
    match cell {
        Some(cell) => cells.text(cell),
        None => cells.empty(),
    }
}

fn bound(cells: &mut impl Cells, bound: Option<&Decimal>) {
    match bound {
        Some(bound) => cells.decimal(bound),
        None => cells.empty(),
    }
}

fn day(cells: &mut impl Cells, day: Option<jiff::civil::Date>) {
    match day {
        Some(day) => cells.day(day),
        None => cells.empty(),
    }
}

fn qualifier(cells: &mut impl Cells, qualifier: Option<Qualifier>) {
    maybe(cells, qualifier.map(Qualifier::code));
}

/// Three cells: the value (or ratio), and the bounds of a range. All are empty for what is not known.
fn amount(cells: &mut impl Cells, amount: Option<&Amount>) {
    let mut bounds = (None, None);
    match amount {
        Some(Amount::Exact(value)) => cells.decimal(value),
        Some(Amount::Ratio(terms)) => {
            let terms: Vec<String> = terms.iter().map(Decimal::to_string).collect();
            cells.text(&terms.join(":"));
        }
        Some(Amount::Range { low, high }) => {
            bounds = (low.as_ref(), high.as_ref());
            cells.empty();
        }
        None => cells.empty(),
    }
    bound(cells, bounds.0);
    bound(cells, bounds.1);
}

/// Gives the own cells of a value.
pub(super) fn write(value: &Value, cells: &mut impl Cells) {
    match value {
        Value::Number(value) => number(value, cells),
        Value::Money(value) => money(value, cells),
        Value::Place(value) => place(value, cells),
        Value::Organization(value) => organization(value, cells),
        Value::Date(value) => date(value, cells),
    }
}

fn number(number: &Number, cells: &mut impl Cells) {
    cells.text(number.number_type.code());
    amount(cells, Some(&number.amount));
    qualifier(cells, number.qualifier);
    maybe(cells, number.unit.as_deref());
    amount(cells, number.si.as_ref().map(|(amount, _)| amount));
    maybe(cells, number.si.as_ref().map(|(_, unit)| unit.as_ref()));
    maybe(cells, number.counted.as_deref());
}

fn money(money: &Money, cells: &mut impl Cells) {
    amount(cells, Some(&money.amount));
    qualifier(cells, money.qualifier);
    maybe(cells, money.currency.as_deref());
    maybe(cells, money.per.as_deref());
    let converted = money.converted.as_ref();
    amount(cells, converted.map(|converted| &converted.amount));
    maybe(cells, converted.map(|converted| converted.currency.as_ref()));
    bound(cells, converted.map(|converted| &converted.rate));
    day(cells, converted.map(|converted| converted.rate_date));
    match money.equivalent {
        Some(fact) => cells.reference(fact),
        None => cells.empty(),
    }
}

fn place(place: &Place, cells: &mut impl Cells) {
    cells.text(&place.name);
    cells.text(&place.place_type);
    maybe(cells, place.country.as_deref());
    maybe(cells, place.admin1.as_deref());
    maybe(cells, place.point.as_ref().map(|(latitude, _)| latitude.as_ref()));
    maybe(cells, place.point.as_ref().map(|(_, longitude)| longitude.as_ref()));
    maybe(cells, place.geonames_id.as_deref());
    maybe(cells, place.population.as_deref());
}

fn organization(organization: &Organization, cells: &mut impl Cells) {
    cells.text(&organization.name);
    maybe(cells, organization.acronym.as_deref());
    maybe(cells, organization.organization_type.as_deref());
    maybe(cells, organization.country.as_deref());
}

fn date(date: &Date, cells: &mut impl Cells) {
    cells.text(date.date_type.code());
    cells.text(&date.timex);
    maybe(cells, date.edtf.as_deref());
    maybe(cells, date.start_date.as_deref());
    maybe(cells, date.end_date.as_deref());
    maybe(cells, date.modifier.as_deref());
    day(cells, date.reference_date);
}

/// Cells as texts. References stay empty: what they refer to has no id yet.
#[derive(Default)]
struct Texts(Vec<String>);

impl Cells for Texts {
    fn text(&mut self, cell: &str) {
        self.0.push(cell.to_owned());
    }

    fn decimal(&mut self, cell: &Decimal) {
        self.0.push(cell.to_string());
    }

    fn day(&mut self, cell: jiff::civil::Date) {
        self.0.push(cell.to_string());
    }

    fn reference(&mut self, _fact: usize) {
        self.empty();
    }
}

/// The own cells of a value by column name, without the empty ones.
pub fn cells(value: &Value) -> Vec<(&'static str, String)> {
    let mut texts = Texts::default();
    write(value, &mut texts);
    let named = Table::Facts(value.kind()).own_fields().iter().map(|field| field.name).zip(texts.0);
    named.filter(|(_, cell)| !cell.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{DateType, Decimal, Kind, NumberType};

    /// `name=cell` of the cells that are not empty.
    fn shown(value: &Value) -> String {
        let mut texts = Texts::default();
        write(value, &mut texts);
        assert_eq!(texts.0.len(), Table::Facts(value.kind()).own_fields().len(), "as many cells as columns");
        let named: Vec<_> = cells(value).into_iter().map(|(name, cell)| format!("{name}={cell}")).collect();
        named.join(" ")
    }

    fn exact(text: &str) -> Amount {
        Amount::Exact(text.parse().unwrap())
    }

    fn range(low: &str, high: Option<&str>) -> Amount {
        Amount::Range { low: Some(low.parse().unwrap()), high: high.map(|high| high.parse().unwrap()) }
    }

    #[test]
    fn numbers() {
        let number = |number_type, amount, si| {
            Value::Number(Number {
                number_type,
                amount,
                qualifier: Some(Qualifier::AtLeast),
                unit: Some("[ft_i]".into()),
                si,
                counted: Some("water".into()),
            })
        };
        insta::assert_snapshot!(
            shown(&number(NumberType::Quantity, range("1", Some("2")), Some((range("0.3048", Some("0.6096")), "m".into())))),
            @"type=quantity low=1 high=2 qualifier=at-least unit=[ft_i] si_low=0.3048 si_high=0.6096 si_unit=m counted=water");
        insta::assert_snapshot!(
            shown(&number(NumberType::Ratio, Amount::Ratio(vec![Decimal::from_integer(14), Decimal::from_integer(1)]), None)),
            @"type=ratio value=14:1 qualifier=at-least unit=[ft_i] counted=water");
    }

    #[test]
    fn money() {
        let money = Money {
            amount: exact("30000"),
            qualifier: Some(Qualifier::Approximately),
            currency: Some("CNY".into()),
            per: Some("month".into()),
            converted: Some(crate::normalize::Converted {
                amount: exact("4500.5"),
                currency: "USD".into(),
                rate: "0.15".parse().unwrap(),
                rate_date: jiff::civil::date(2018, 10, 26),
            }),
            equivalent: Some(1),
        };
        insta::assert_snapshot!(shown(&Value::Money(money)), @"amount=30000 qualifier=approximately currency=CNY per=month converted=4500.5 converted_currency=USD rate=0.15 rate_date=2018-10-26");
    }

    #[test]
    fn places_organizations_and_dates() {
        let place = Place {
            name: "Urumqi".into(),
            place_type: "city".into(),
            country: Some("CN".into()),
            admin1: Some("Xinjiang".into()),
            point: Some(("43.80".into(), "87.60".into())),
            geonames_id: Some("1529102".into()),
            population: Some("3029372".into()),
        };
        insta::assert_snapshot!(shown(&Value::Place(place)), @"name=Urumqi place_type=city country=CN admin1=Xinjiang latitude=43.80 longitude=87.60 geonames_id=1529102 population=3029372");
        let organization = Organization {
            name: "United Nations".into(),
            acronym: Some("UN".into()),
            organization_type: Some("intergovernmental".into()),
            country: None,
        };
        insta::assert_snapshot!(shown(&Value::Organization(organization)), @"name=United Nations acronym=UN organization_type=intergovernmental");
        let date = Date {
            date_type: DateType::Date,
            timex: "2018-09".into(),
            edtf: Some("2018-09".into()),
            start_date: Some("2018-09-01".into()),
            end_date: Some("2018-09-30".into()),
            modifier: Some("START".into()),
            reference_date: Some(jiff::civil::date(2018, 10, 26)),
        };
        insta::assert_snapshot!(shown(&Value::Date(date)), @"type=date timex=2018-09 edtf=2018-09 start_date=2018-09-01 end_date=2018-09-30 modifier=START reference_date=2018-10-26");
    }

    #[test]
    fn what_is_not_known_is_empty() {
        for (value, kind) in [
            (Value::Place(Place::default()), Kind::Place),
            (Value::Organization(Organization::default()), Kind::Organization),
        ] {
            assert_eq!(shown(&value), "", "{}", kind.name());
        }
    }
}
