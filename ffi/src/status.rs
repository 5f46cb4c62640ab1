//! Status codes: 0 is success, errors are negative.

use nanoprom_core::{Refused, Rejected, Unfit};

/// Success.
pub const NPROM_OK: i32 = 0;
/// A pointer that must not be null is null.
pub const NPROM_ERR_NULL: i32 = -1;
/// The amount is not a number.
pub const NPROM_ERR_NOT_A_NUMBER: i32 = -2;
/// The amount is negative, and a counter only goes up.
pub const NPROM_ERR_NEGATIVE: i32 = -3;
/// The counter would become infinite and could never increase again.
pub const NPROM_ERR_INFINITE: i32 = -4;
/// Every series of the family is in use.
pub const NPROM_ERR_FULL: i32 = -5;
/// The family's memory for label text is in use.
pub const NPROM_ERR_TEXT_FULL: i32 = -6;
/// The labels are longer than 65535 bytes on the page, names and escapes included.
pub const NPROM_ERR_TOO_LONG: i32 = -7;
/// A label value is not UTF-8.
pub const NPROM_ERR_NOT_UTF8: i32 = -8;
/// The number of label values is not the family's number of labels.
pub const NPROM_ERR_LABEL_COUNT: i32 = -9;
/// Somebody else is at work there; try again.
pub const NPROM_ERR_BUSY: i32 = -10;
/// The buffer is too small for the whole page.
pub const NPROM_ERR_BUFFER: i32 = -11;
/// The table of metrics is wrong; the message says what and where.
pub const NPROM_ERR_TABLE: i32 = -12;
/// There is no such series, label or bucket.
pub const NPROM_ERR_NOT_FOUND: i32 = -13;
/// The value is of another type.
pub const NPROM_ERR_TYPE: i32 = -14;
/// The label names are not those of the family, each once.
pub const NPROM_ERR_LABEL_NAME: i32 = -15;
/// The target of a push is wrong: its host, path, job or labels.
pub const NPROM_ERR_TARGET: i32 = -20;
/// There is no answer yet.
pub const NPROM_ERR_PENDING: i32 = -21;
/// The peer answered with a status that is not one of success.
pub const NPROM_ERR_REFUSED: i32 = -22;
/// What came is not an HTTP answer to the whole request.
pub const NPROM_ERR_ANSWER: i32 = -23;
/// The connection ended without an answer.
pub const NPROM_ERR_ENDED: i32 = -24;

pub(crate) fn of_rejected(result: Result<(), Rejected>) -> i32 {
    match result {
        Ok(()) => NPROM_OK,
        // By its place among the errors. A `match` were a table, in one section with others of the library's,
        // and a C program had them all.
        Err(rejected) => NPROM_ERR_NOT_A_NUMBER - rejected as i32,
    }
}

const _: () =
    assert!(NPROM_ERR_NOT_A_NUMBER - Rejected::NotANumber as i32 == NPROM_ERR_NOT_A_NUMBER);
const _: () = assert!(NPROM_ERR_NOT_A_NUMBER - Rejected::Negative as i32 == NPROM_ERR_NEGATIVE);
const _: () = assert!(NPROM_ERR_NOT_A_NUMBER - Rejected::Infinite as i32 == NPROM_ERR_INFINITE);

pub(crate) fn of_refused(refused: Refused) -> i32 {
    match refused {
        Refused::OutOfMemory => NPROM_ERR_FULL,
        // The others in the order of their status, as asserted: a table of them would be larger.
        _ => NPROM_ERR_FULL - refused as i32,
    }
}

const _: () = assert!(NPROM_ERR_FULL - Refused::Full as i32 == NPROM_ERR_FULL);
const _: () = assert!(NPROM_ERR_FULL - Refused::TextFull as i32 == NPROM_ERR_TEXT_FULL);
const _: () = assert!(NPROM_ERR_FULL - Refused::TooLong as i32 == NPROM_ERR_TOO_LONG);
const _: () = assert!(NPROM_ERR_FULL - Refused::NotUtf8 as i32 == NPROM_ERR_NOT_UTF8);
const _: () = assert!(NPROM_ERR_FULL - Refused::LabelCount as i32 == NPROM_ERR_LABEL_COUNT);
const _: () = assert!(NPROM_ERR_FULL - Refused::LabelNames as i32 == NPROM_ERR_LABEL_NAME);

pub(crate) fn of_unfit(unfit: Unfit) -> i32 {
    match unfit {
        Unfit::Memory => NPROM_ERR_BUFFER,
        Unfit::Labels => NPROM_ERR_LABEL_COUNT,
        Unfit::LabelNames => NPROM_ERR_LABEL_NAME,
        _ => NPROM_ERR_TABLE,
    }
}
