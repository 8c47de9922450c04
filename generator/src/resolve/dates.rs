//! Dates as front matter has them, to be compared: ISO 8601, and the forms that JavaScript and mail write.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The longest text that is looked at.
const MAX_LENGTH: usize = 100;

/// The seconds between 1970 and a date; `None` where it is none that is known. What has no time is the start
/// of its day, what has no offset is UTC.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut date = Parts::default();
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        // What follows in brackets is the name of the time zone.
        if word.starts_with('(') {
            break;
        }
        date.read(word);
    }
    date.seconds()
}

#[derive(Debug, Default)]
struct Parts {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    /// Seconds of the day.
    time: i64,
    /// Seconds east of UTC.
    offset: i64,
}

impl Parts {
    fn read(&mut self, word: &str) {
        let lower = word.to_ascii_lowercase();
        if let Some((year, month, rest)) = iso_month(word) {
            (self.year, self.month) = (Some(year), Some(month));
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            self.day = rest.get(..digits).and_then(number);
            if let Some(time) = rest.get(digits..).and_then(|rest| rest.strip_prefix(['T', 't'])) {
                self.read_time(time);
            }
        } else if word.contains(':') {
            self.read_time(word);
        } else if let Some(offset) = lower.strip_prefix("gmt").or_else(|| lower.strip_prefix("utc")) {
            self.offset = offset_of(offset).unwrap_or(self.offset);
        } else if word.starts_with(['+', '-']) {
            self.offset = offset_of(word).unwrap_or(self.offset);
        } else if let Some(number) = number(word) {
            if word.len() == 4 { self.year = Some(number) } else { self.day = Some(number) }
        } else if self.month.is_none() {
            let month = MONTHS.iter().position(|month| lower.starts_with(month));
            self.month = month.and_then(|at| i64::try_from(at + 1).ok());
        }
    }

    /// `13:02:59`, with fractions and an offset behind it.
    fn read_time(&mut self, text: &str) {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
        let (clock, offset) = text.split_at(end);
        let mut clock = clock.split('.').next().unwrap_or_default().split(':').map(number);
        let mut next = || clock.next().flatten().unwrap_or(0);
        self.time = next() * 3600 + next() * 60 + next();
        self.offset = offset_of(offset).unwrap_or(self.offset);
    }

    fn seconds(&self) -> Option<i64> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Days since 1970 in the proleptic Gregorian calendar, by counting years from March.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        Some(days * 86_400 + self.time - self.offset)
    }
}

/// `2025-02-`, and what follows.
fn iso_month(word: &str) -> Option<(i64, i64, &str)> {
    let (year, rest) = word.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    Some((number(year).filter(|_| year.len() == 4)?, number(month)?, rest))
}

/// `+01:00`, `-0500`, in seconds; `Z` and what is none of these is no offset.
fn offset_of(text: &str) -> Option<i64> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':').take(4).collect();
    let number = number(&digits)?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    Some(sign * (hours * 3600 + minutes * 60))
}

/// A number of few digits.
fn number(text: &str) -> Option<i64> {
    let digits = text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn equal_times_are_equal_in_all_forms() {
        for text in [
            "2025-02-18T13:02:59Z",
            "2025-02-18T13:02:59.123Z",
            "2025-02-18 13:02:59",
            "2025-02-18T14:02:59+01:00",
            "Tue Feb 18 2025 13:02:59 GMT+0000 (Coordinated Universal Time)",
            "Tue, 18 Feb 2025 08:02:59 -0500",
        ] {
            assert_eq!(seconds(text), Some(1_739_883_779), "{text}");
        }
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("February 29, 2024"), seconds("2024-02-29"));
        assert!(seconds("1969-12-31") < Some(0) && seconds("2000-03-01") > seconds("2000-02-29"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "soon", "2025", "2025-13-01", "13:00", "99999999999999-1-1", "Feb 2025", "é"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
