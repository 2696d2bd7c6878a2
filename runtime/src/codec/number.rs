//! Whole numbers and timestamps, which are numbers on the wire.
//!
//! A whole number may have a fraction of zero, a timestamp any fraction. A number out of range is an error.

use super::input::{InputValue, Writer};
use super::output::OutputValue;
use crate::schema::Constraints;
use crate::schema::Shape;
use crate::validation::Checker;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[diagnostic::do_not_recommend]
impl InputValue for i32 {
    const SHAPE: Shape = Shape::Integer;

    fn write(&self, writer: &mut Writer<'_>) {
        writer.integer(i64::from(*self));
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        checker.number(i64::from(*self), constraints);
    }
}

#[diagnostic::do_not_recommend]
impl InputValue for i64 {
    const SHAPE: Shape = Shape::Long;

    fn write(&self, writer: &mut Writer<'_>) {
        writer.integer(*self);
    }
    fn check(&self, constraints: &Constraints, checker: &mut Checker<'_>) {
        checker.number(*self, constraints);
    }
}

macro_rules! whole_number {
    ($($ty:ty: $shape:ident)*) => {$(
        #[diagnostic::do_not_recommend]
        impl OutputValue for $ty {
            const SHAPE: Shape = Shape::$shape;

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = deserializer.deserialize_i64(WholeNumber)?;
                number.try_into().map_err(|_| D::Error::invalid_value(Unexpected::Signed(number), &WholeNumber))
            }
        }
    )*};
}

whole_number!(i32: Integer i64: Long);

struct WholeNumber;

impl Visitor<'_> for WholeNumber {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number that fits")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        number.try_into().map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    #[allow(clippy::cast_possible_truncation)] // it is a whole number in the range of `i64`
    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        // Beyond 2^53, a float can stand for another number than the text.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() < EXACT {
            Ok(number as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(number), &self))
        }
    }
}

#[diagnostic::do_not_recommend]
impl InputValue for SystemTime {
    const SHAPE: Shape = Shape::Timestamp;

    fn write(&self, writer: &mut Writer<'_>) {
        match self.duration_since(UNIX_EPOCH) {
            Ok(since) => writer.seconds(false, since),
            Err(before) => writer.seconds(true, before.duration()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl OutputValue for SystemTime {
    const SHAPE: Shape = Shape::Timestamp;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(Seconds)
    }
}

struct Seconds;

impl Visitor<'_> for Seconds {
    type Value = SystemTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("seconds since 1970")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<SystemTime, E> {
        let distance = Duration::from_secs(seconds.unsigned_abs());
        at(seconds < 0, distance).ok_or_else(|| E::invalid_value(Unexpected::Signed(seconds), &self))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<SystemTime, E> {
        at(false, Duration::from_secs(seconds)).ok_or_else(|| E::invalid_value(Unexpected::Unsigned(seconds), &self))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<SystemTime, E> {
        let distance = Duration::try_from_secs_f64(seconds.abs()).ok().map(|distance| {
            // A binary fraction can be off by some nanoseconds; the service sends milliseconds.
            let micros = distance.subsec_nanos().saturating_add(500) / 1000;
            Duration::from_secs(distance.as_secs()) + Duration::from_micros(u64::from(micros))
        });
        distance
            .and_then(|distance| at(seconds < 0.0, distance))
            .ok_or_else(|| E::invalid_value(Unexpected::Float(seconds), &self))
    }
}

fn at(before: bool, distance: Duration) -> Option<SystemTime> {
    if before { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::read_output;

    fn read<T: OutputValue>(json: &str) -> Option<T> {
        read_output(json.as_bytes()).ok()
    }

    #[test]
    fn whole_numbers() {
        assert_eq!(read::<i32>("60"), Some(60));
        assert_eq!(read::<i32>("-60.0"), Some(-60));
        assert_eq!(read::<i32>("6e1"), Some(60));
        assert_eq!(read::<i64>("9223372036854775807"), Some(i64::MAX));
        assert_eq!(read::<i64>("-9223372036854775808"), Some(i64::MIN));
        for bad in ["2147483648", "0.5", "1e300", "-1e300", "null", "\"1\"", "true", "18446744073709551615", "{}"] {
            assert_eq!(read::<i32>(bad), None, "{bad}");
        }
        for bad in [
            "9223372036854775808",
            "-9223372036854775809",
            "9007199254740993.0",
            "1e16",
            "-1e16",
            "9.3e18",
            "1e300",
            "0.1",
        ] {
            assert_eq!(read::<i64>(bad), None, "{bad}");
        }
    }

    #[test]
    fn timestamps() {
        let at = |millis| Some(UNIX_EPOCH + Duration::from_millis(millis));
        assert_eq!(read("1795309799"), at(1_795_309_799_000));
        assert_eq!(read("1795309799.456"), at(1_795_309_799_456));
        assert_eq!(read("1.795309799456E9"), at(1_795_309_799_456));
        assert_eq!(read("0.9999999"), at(1000));
        assert_eq!(read("-1.5"), Some(UNIX_EPOCH - Duration::from_millis(1500)));
        for bad in ["1e300", "-1e300", "null", "\"2026\"", "18446744073709551615"] {
            assert_eq!(read::<SystemTime>(bad), None, "{bad}");
        }
    }
}
