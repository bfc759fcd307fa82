//! The macro for a span with tags.

/// Opens a [`Span`](crate::Span) with tags.
///
/// ```
/// # struct Order { id: u32 }
/// # let (order, path) = (Order { id: 7 }, "/data");
/// let _span = observe::span!("load", path, attempt = 1 + 1, http.method = "GET", order.id);
/// ```
///
/// A tag is `key = value`, where a key may have dots and a value is anything that implements
/// `Display`; or the name of a variable or a field, which is both. Values are borrowed only.
#[macro_export]
macro_rules! span {
    ($name:expr $(, $first:ident $(. $rest:ident)* $(= $value:expr)?)* $(,)?) => {
        $crate::Span::enter($name)
            $(.with(
                concat!(stringify!($first) $(, ".", stringify!($rest))*),
                &$crate::__tag_value!($first $(. $rest)* $(= $value)?),
            ))*
    };
}

/// What stands after a tag's `=`, else the tag itself. Not part of the interface.
#[doc(hidden)]
#[macro_export]
macro_rules! __tag_value {
    ($first:ident $(. $rest:ident)* = $value:expr) => {
        $value
    };
    ($itself:expr) => {
        $itself
    };
}
