//! Enums as label values.

/// An enum whose values are all that a label can be; [`label_values!`](crate::label_values) makes one.
pub trait LabelValue: Copy + 'static {
    /// The values as they stand on the page, no two alike.
    const VALUES: &'static [&'static str];

    /// Which of them this is, from 0 on.
    fn index(self) -> u32;
}

/// The enums of the labels of an [`EnumFamily`](crate::EnumFamily): a tuple of 1 to 4. Sealed.
pub trait LabelEnums: sealed::Sealed + Copy + 'static {
    /// The values of each label.
    #[doc(hidden)]
    const LISTS: &'static [&'static [&'static str]];

    /// The number of the series with these values, the last label counted first.
    #[doc(hidden)]
    fn number(self) -> usize;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! tuples {
    ($($($label:ident)+;)+) => {
        $(
            impl<$($label: LabelValue),+> sealed::Sealed for ($($label,)+) {}

            impl<$($label: LabelValue),+> LabelEnums for ($($label,)+) {
                const LISTS: &'static [&'static [&'static str]] = &[$($label::VALUES),+];

                #[inline]
                fn number(self) -> usize {
                    #[allow(non_snake_case)]
                    let ($($label,)+) = self;
                    let number = 0;
                    $(let number = number * $label::VALUES.len() + $label.index() as usize;)+
                    number
                }
            }
        )+
    };
}
tuples! {
    A;
    A B;
    A B C;
    A B C D;
}

/// Declares an enum with the label values that its own are on the page, for
/// [`EnumFamily`](crate::EnumFamily).
///
/// ```
/// nanoprom::label_values! {
///     /// The method of a request.
///     pub enum Method { Get = "GET", Put = "PUT", Other = "other" }
/// }
/// use nanoprom::LabelValue;
///
/// assert_eq!(Method::VALUES, ["GET", "PUT", "other"]);
/// assert_eq!(Method::Put.index(), 1);
/// ```
#[macro_export]
macro_rules! label_values {
    (
        $(#[$($attr:tt)*])*
        $vis:vis enum $enum:ident {
            $($(#[$($value_attr:tt)*])* $value:ident = $text:literal),+ $(,)?
        }
    ) => {
        $(#[$($attr)*])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $enum {
            $(
                $(#[$($value_attr)*])*
                #[doc = ::core::concat!("`", $text, "`")]
                $value
            ),+
        }

        impl $crate::LabelValue for $enum {
            const VALUES: &'static [&'static str] = &[$($text),+];

            #[inline]
            fn index(self) -> u32 {
                self as u32
            }
        }
    };
}
