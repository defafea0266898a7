//! The cells that only the table of a kind has, in the order of [`Table::own_fields`](super::schema::Table::own_fields).

use std::fmt::{Display, Write};

use super::schema::Table;
use crate::normalize::{Amount, Date, Money, Number, Organization, Place, Qualifier, Value};

/// Cells one after the other in one string: made once per document, not once per cell.
#[derive(Debug, Default)]
pub(super) struct Cells {
    text: String,
    ends: Vec<u32>,
}

impl Cells {
    /// Number of cells so far.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell.
    pub(super) fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    fn text(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end_cell();
    }

    fn maybe(&mut self, cell: &Option<impl AsRef<str>>) {
        self.text(cell.as_ref().map_or("", AsRef::as_ref));
    }

    fn show(&mut self, cell: Option<&dyn Display>) {
        if let Some(cell) = cell {
            // Writing to a string does not fail.
            let _ = write!(self.text, "{cell}");
        }
        self.end_cell();
    }

    fn qualifier(&mut self, qualifier: Option<Qualifier>) {
        self.text(qualifier.map_or("", Qualifier::code));
    }

    /// Three cells: the value (or ratio), and the bounds of a range. All are empty for what is not known.
    fn amount(&mut self, amount: Option<&Amount>) {
        let mut bounds = (None, None);
        match amount {
            Some(Amount::Exact(value)) => self.show(Some(value)),
            Some(Amount::Ratio(terms)) => {
                for (index, term) in terms.iter().enumerate() {
                    let _ = write!(self.text, "{}{term}", if index > 0 { ":" } else { "" });
                }
                self.end_cell();
            }
            Some(Amount::Range { low, high }) => {
                bounds = (low.as_ref(), high.as_ref());
                self.end_cell();
            }
            None => self.end_cell(),
        }
        for bound in [bounds.0, bounds.1] {
            self.show(bound.map(|bound| bound as &dyn Display));
        }
    }

    /// Adds the own cells of a value. The cell `equivalent` of money stays empty here: it is an id of another row.
    pub(super) fn push(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.number(number),
            Value::Money(money) => self.money(money),
            Value::Place(place) => self.place(place),
            Value::Organization(organization) => self.organization(organization),
            Value::Date(date) => self.date(date),
        }
    }

    fn number(&mut self, number: &Number) {
        self.text(number.number_type.code());
        self.amount(Some(&number.amount));
        self.qualifier(number.qualifier);
        self.maybe(&number.unit);
        self.amount(number.si.as_ref().map(|(amount, _)| amount));
        self.text(number.si.as_ref().map_or("", |(_, unit)| unit));
        self.maybe(&number.counted);
    }

    fn money(&mut self, money: &Money) {
        self.amount(Some(&money.amount));
        self.qualifier(money.qualifier);
        self.maybe(&money.currency);
        self.maybe(&money.per);
        let converted = money.converted.as_ref();
        self.amount(converted.map(|converted| &converted.amount));
        self.text(converted.map_or("", |converted| &converted.currency));
        self.show(converted.map(|converted| &converted.rate as &dyn Display));
        self.show(converted.map(|converted| &converted.rate_date as &dyn Display));
        self.text("");
    }

    fn place(&mut self, place: &Place) {
        self.text(&place.name);
        self.text(&place.place_type);
        self.maybe(&place.country);
        self.maybe(&place.admin1);
        let (latitude, longitude) =
            place.point.as_ref().map_or(("", ""), |(latitude, longitude)| (latitude, longitude));
        self.text(latitude);
        self.text(longitude);
        self.maybe(&place.geonames_id);
        self.maybe(&place.population);
    }

    fn organization(&mut self, organization: &Organization) {
        self.text(&organization.name);
        self.maybe(&organization.acronym);
        self.maybe(&organization.organization_type);
        self.maybe(&organization.country);
    }

    fn date(&mut self, date: &Date) {
        self.text(date.date_type.code());
        self.text(&date.timex);
        self.maybe(&date.edtf);
        self.maybe(&date.start_date);
        self.maybe(&date.end_date);
        self.maybe(&date.modifier);
        self.show(date.reference_date.as_ref().map(|day| day as &dyn Display));
    }
}

/// The own cells of a value by column name, without the empty ones.
pub fn cells(value: &Value) -> Vec<(&'static str, String)> {
    let mut cells = Cells::default();
    cells.push(value);
    let fields = Table::Facts(value.kind()).own_fields();
    let named = fields.iter().enumerate().map(|(index, field)| (field.name, cells.get(index).to_owned()));
    named.filter(|(_, cell)| !cell.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{DateType, Decimal, Kind, NumberType};

    /// `name=cell` of the cells that are not empty.
    fn shown(value: &Value) -> String {
        let mut cells = Cells::default();
        cells.push(value);
        let fields = Table::Facts(value.kind()).own_fields();
        assert_eq!(cells.len(), fields.len(), "as many cells as columns");
        let named: Vec<_> = fields
            .iter()
            .enumerate()
            .filter(|(index, _)| !cells.get(*index).is_empty())
            .map(|(index, field)| format!("{}={}", field.name, cells.get(index)))
            .collect();
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
