//! The attribute `#[instrument]` of the crate `observe`, which re-exports it and says how to use it.
//!
//! A function is taken apart only as far as needed: its name follows the word `fn`, its body comes
//! last. So there is no parser here, and no dependency.

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Opens a span with the function's name for as long as the function runs, whichever way it is left.
///
/// ```ignore
/// #[instrument]
/// fn load(path: &str) -> std::io::Result<Vec<u8>> { … }
///
/// #[instrument("load file", path, attempt = 3)] // another name, and tags as in `span!`
/// fn load_file(path: &str) -> std::io::Result<Vec<u8>> { … }
/// ```
#[proc_macro_attribute]
pub fn instrument(arguments: TokenStream, function: TokenStream) -> TokenStream {
    expand(arguments, function).unwrap_or_else(|(message, at)| compile_error(message, at))
}

type Refusal = (&'static str, Span);

fn expand(arguments: TokenStream, function: TokenStream) -> Result<TokenStream, Refusal> {
    let mut tokens: Vec<TokenTree> = function.into_iter().collect();
    let name = function_name(&tokens)?;
    let body = tokens
        .pop()
        .and_then(statements)
        .ok_or(("#[instrument] is for functions with a body", name.span()))?;
    let mut wrapped = open_span(&name, arguments);
    wrapped.extend(body);
    tokens.push(TokenTree::Group(Group::new(Delimiter::Brace, wrapped)));
    Ok(tokens.into_iter().collect())
}

/// The function's name; an error for what is no function, or none that a span can enclose.
fn function_name(tokens: &[TokenTree]) -> Result<Ident, Refusal> {
    for (index, token) in tokens.iter().enumerate() {
        if let TokenTree::Ident(word) = token {
            match word.to_string().as_str() {
                // its body runs in pieces, between which other spans open and close
                "async" => return Err(("#[instrument] is not for async functions", word.span())),
                // it may run in the compiler, which has no host
                "const" => return Err(("#[instrument] is not for const functions", word.span())),
                "fn" => match tokens.get(index + 1) {
                    Some(TokenTree::Ident(name)) => return Ok(name.clone()),
                    _ => break,
                },
                _ => {}
            }
        }
    }
    Err(("#[instrument] is for functions", Span::call_site()))
}

/// What stands between the braces of a block.
fn statements(block: TokenTree) -> Option<TokenStream> {
    match block {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Brace => Some(group.stream()),
            // a block that comes from a `macro_rules` stands in a group that is not seen
            Delimiter::None => group.stream().into_iter().next().and_then(statements),
            _ => None,
        },
        _ => None,
    }
}

/// `let _observe_span = ::observe::span!(…);`, with the function's name unless the arguments begin with another.
fn open_span(name: &Ident, arguments: TokenStream) -> TokenStream {
    let named = matches!(
        arguments.clone().into_iter().next(),
        Some(TokenTree::Literal(_))
    );
    let mut all = TokenStream::new();
    if !named {
        let text = name.to_string();
        let text = text.strip_prefix("r#").unwrap_or(&text);
        all.extend(parse(&format!("{:?},", text)));
    }
    all.extend(arguments);
    let mut statement = parse("let _observe_span = ::observe::span!");
    statement.extend([TokenTree::Group(Group::new(Delimiter::Parenthesis, all))]);
    statement.extend(parse(";"));
    statement
}

fn compile_error(message: &str, at: Span) -> TokenStream {
    parse(&format!("::core::compile_error!({:?});", message))
        .into_iter()
        .map(|mut token| {
            token.set_span(at);
            token
        })
        .collect()
}

/// Tokens written here are Rust's.
fn parse(rust: &str) -> TokenStream {
    rust.parse().unwrap_or_default()
}
