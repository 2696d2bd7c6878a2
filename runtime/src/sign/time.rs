//! Points in time as text.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY: u64 = 24 * 60 * 60;

/// Returns a time as `20150830T123600Z`; `None` before 1970 and after 9999.
pub(super) fn timestamp(time: SystemTime) -> Option<String> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let (days, second) = (seconds / DAY, seconds % DAY);
    // The calendar of 400 years repeats. Its years begin in March, so that a leap day is the last day of a year.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let [hour, minute, second] = [second / 3600, second / 60 % 60, second % 60];
    (year <= 9999).then(|| format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"))
}

/// Reads the header `Date`: `Sun, 30 Aug 2015 12:36:00 GMT`.
pub(super) fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, text) = text.split_once(", ")?;
    let mut parts = text.strip_suffix(" GMT")?.splitn(4, ' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    point(year, &month.to_string(), day, parts.next()?)
}

/// Reads a time as in RFC 3339: `2015-08-30T12:36:00Z`.
pub(super) fn rfc3339(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once('T')?;
    let (time, offset) = match time.strip_suffix('Z') {
        Some(time) => (time, "+00:00"),
        None => time.split_at_checked(time.len().checked_sub(6)?)?,
    };
    let mut parts = date.splitn(3, '-');
    let whole = time.split_once('.').map_or(time, |(whole, _)| whole);
    let local = point(parts.next()?, parts.next()?, parts.next()?, whole)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let ahead = Duration::from_secs(number(hours, 0, 23)? * 3600 + number(minutes, 0, 59)? * 60);
    match offset.as_bytes().first()? {
        b'+' => local.checked_sub(ahead),
        b'-' => local.checked_add(ahead),
        _ => None,
    }
}

/// Reads a number of decimal digits.
fn number(digits: &str, least: u64, most: u64) -> Option<u64> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && (least..=most).contains(number))
}

/// Returns the time of a date since 1970 and a time of day `12:36:00`.
fn point(year: &str, month: &str, day: &str, time: &str) -> Option<SystemTime> {
    let (year, month, day) = (number(year, 1970, 9999)?, number(month, 1, 12)?, number(day, 1, 31)?);
    let mut parts = time.splitn(3, ':');
    let mut part = |most| number(parts.next()?, 0, most);
    let (hour, minute, second) = (part(23)?, part(59)?, part(60)?);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    UNIX_EPOCH.checked_add(Duration::from_secs(days * DAY + hour * 3600 + minute * 60 + second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn known_times() {
        // Computed with `date --utc --date=@…`.
        for (seconds, stamp, date, rfc) in [
            (0, "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            (951_782_399, "20000228T235959Z", "Mon, 28 Feb 2000 23:59:59 GMT", "2000-02-28T23:59:59+00:00"),
            (951_782_400, "20000229T000000Z", "Tue, 29 Feb 2000 00:00:00 GMT", "2000-02-29T00:00:00.125Z"),
            (1_440_938_160, "20150830T123600Z", "Sun, 30 Aug 2015 12:36:00 GMT", "2015-08-30T12:36:00Z"),
            (1_440_938_160, "20150830T123600Z", "Sun, 30 Aug 2015 12:36:00 GMT", "2015-08-30T14:36:00+02:00"),
            (1_440_938_160, "20150830T123600Z", "Sun, 30 Aug 2015 12:36:00 GMT", "2015-08-30T03:06:00.5-09:30"),
            (1_798_761_599, "20261231T235959Z", "Thu, 31 Dec 2026 23:59:59 GMT", "2026-12-31T23:59:59Z"),
            (4_107_542_400, "21000301T000000Z", "Mon, 01 Mar 2100 00:00:00 GMT", "2100-03-01T00:00:00Z"),
            (253_402_300_799, "99991231T235959Z", "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(timestamp(at(seconds)).as_deref(), Some(stamp));
            assert_eq!(http_date(date), Some(at(seconds)), "{date}");
            assert_eq!(rfc3339(rfc), Some(at(seconds)), "{rfc}");
        }
        assert_eq!(timestamp(at(253_402_300_800)), None);
        assert_eq!(timestamp(UNIX_EPOCH - Duration::from_secs(1)), None);
    }

    #[test]
    fn each_day_of_a_century_is_read_as_it_was_written() {
        for day in 0..36_525 {
            let time = at(day * DAY + day % DAY);
            let stamp = timestamp(time).expect("a time");
            let (date, time_of_day) = stamp.split_at(8);
            let [year, month, day] = [&date[..4], &date[4..6], &date[6..]];
            let [hour, minute, second] = [&time_of_day[1..3], &time_of_day[3..5], &time_of_day[5..7]];
            assert_eq!(rfc3339(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")), Some(time), "{stamp}");
        }
    }

    #[test]
    fn other_texts_are_not_times() {
        for bad in [
            "",
            "Sun, 30 Aug 2015 12:36:00",
            "30 Aug 2015 12:36:00 GMT",
            "Sun, 30 Aux 2015 12:36:00 GMT",
            "Sun, 30 Aug 1815 12:36:00 GMT",
            "Sun, 30 Aug 99999999999999999999 12:36:00 GMT",
            "Sun, 32 Aug 2015 12:36:00 GMT",
            "Sun, 30 Aug 2015 24:36:00 GMT",
            "Sun, +3 Aug 2015 12:36:00 GMT",
            "Sun, 30 Aug 2015 12:36 GMT",
        ] {
            assert_eq!(http_date(bad), None, "{bad}");
        }
        for bad in [
            "2015-08-30 12:36:00Z",
            "2015-08-30T12:36:00",
            "2015-08-30T12:36:00+0200",
            "2015-08-30T12:36:00+24:00",
            "2015-08-30T12:36:00é02:00",
            "2015-08T12:36:00Z",
            "T",
        ] {
            assert_eq!(rfc3339(bad), None, "{bad}");
        }
    }
}
