//! `wasm-inline.js` and its like: a wasm as a module that every host and bundler loads without any configuration.
//!
//! Not base64, which cuts bytes at every sixth bit, so that nothing behind it finds what repeats: its text is a third longer, and
//! compressed still 30 % larger than the wasm. Here a byte stays one character, or two if it is rare.

use anyhow::{Context, Result};

/// What needs no escape in a string of whatever quotes, nor in HTML; the last two announce a rare byte.
const ALPHABET: &[u8] =
    b" !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
/// How many bytes are one character.
const SINGLE: usize = ALPHABET.len() - 2;
const _: () = assert!(SINGLE * 3 >= 256, "two rows more take all bytes");

const BEFORE: &str = r#"// Made by `cargo xtask build` from the wasm beside it. The same bytes, as text that compresses as well as they do: most are one
// character, whose place in the alphabet is the byte's place in `order`; `}` and `~` stand before those that come after.
const order = ["#;
const TEXT: &str = "];\nconst text = \"";
const AFTER: &str = r##"";

export default function wasmBytes() {
  const alphabet = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
  const single = alphabet.length - 2;
  const rows = new Uint8Array(3 * 128);
  for (let i = 0; i < alphabet.length; i++) {
    for (let row = 0; row < 3; row++) rows[128 * row + alphabet.charCodeAt(i)] = order[single * row + i];
  }
  // In place, since no byte takes less than a character. Typed arrays alone are quick before anything is optimized.
  const bytes = new TextEncoder().encode(text);
  const { length } = bytes;
  let end = 0;
  for (let i = 0; i < length; i++) {
    const code = bytes[i];
    bytes[end++] = rows[code < 125 ? code : 128 * (code - 124) + bytes[++i]];
  }
  return bytes.subarray(0, end);
}
"##;

pub fn module(wasm: &[u8]) -> String {
    let order = order(wasm);
    let mut places = [0; 256];
    for (place, byte) in order.iter().enumerate() {
        places[usize::from(*byte)] = place;
    }
    let mut text = String::with_capacity(wasm.len() * 9 / 8);
    for byte in wasm {
        let place = places[usize::from(*byte)];
        if place >= SINGLE {
            text.push(char::from(ALPHABET[SINGLE + place / SINGLE - 1]));
        }
        text.push(char::from(ALPHABET[place % SINGLE]));
    }
    let order: Vec<String> = order.iter().map(u8::to_string).collect();
    [BEFORE, &order.join(","), TEXT, &text, AFTER].concat()
}

/// All bytes, first those that are one character: the most frequent. Where it can be, a byte is its own character, and the others
/// follow in their order, so that what is alike stays alike.
fn order(wasm: &[u8]) -> Vec<u8> {
    let mut counts = [0_usize; 256];
    for byte in wasm {
        counts[usize::from(*byte)] += 1;
    }
    let mut by_count: Vec<u8> = (0..=255).collect();
    by_count.sort_by_key(|byte| std::cmp::Reverse(counts[usize::from(*byte)]));
    let (frequent, rare) = by_count.split_at_mut(SINGLE);
    frequent.sort_unstable();
    rare.sort_unstable();
    let singles = &ALPHABET[..SINGLE];
    let mut others = frequent.iter().filter(|byte| !singles.contains(byte));
    let mut order: Vec<u8> = Vec::with_capacity(256);
    for character in singles {
        let own = frequent.contains(character).then_some(character);
        order.extend(own.or_else(|| others.next()));
    }
    order.extend(rare.iter());
    order
}

/// The bytes that a module made by [`module`] holds; an error when anything else in it was changed.
pub fn bytes(module: &str) -> Result<Vec<u8>> {
    let parts = || {
        let (order, rest) = module.strip_prefix(BEFORE)?.split_once(TEXT)?;
        Some((order, rest.strip_suffix(AFTER)?))
    };
    let (order, text) = parts().context("its code is not what the build writes")?;
    let order = order
        .split(',')
        .map(str::parse)
        .collect::<Result<Vec<u8>, _>>()
        .context("its order is no list of bytes")?;
    let mut characters = text.bytes().map(|character| ALPHABET.iter().position(|one| *one == character));
    let mut bytes = Vec::with_capacity(text.len());
    while let Some(place) = characters.next() {
        let place = match place.context("its text has a character of no alphabet")? {
            row if row >= SINGLE => {
                (row - SINGLE + 1) * SINGLE + characters.next().flatten().context("its text is cut short")?
            }
            place => place,
        };
        bytes.push(*order.get(place).context("its text names a byte that there is not")?);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_holds_exactly_the_bytes() {
        let every: Vec<u8> = (0..=255).flat_map(|byte| vec![byte; usize::from(byte) / 16 + 1]).collect();
        for wasm in [&every[..0], &every[..1], &every[..40], &every, b"\0asm", &[255; 9]] {
            assert_eq!(bytes(&module(wasm)).ok().as_deref(), Some(wasm));
        }
        let module = module(&every);
        assert!(bytes(&module.replace("return bytes", "return []")).is_err());
        assert!(bytes(&module.replace("order = [", "order = [256,")).is_err());
    }

    #[test]
    fn the_text_needs_no_escape_anywhere() {
        for byte in b"\"'`\\<$" {
            assert!(!ALPHABET.contains(byte));
        }
        assert!(AFTER.contains(std::str::from_utf8(ALPHABET).unwrap_or_default()));
    }
}
