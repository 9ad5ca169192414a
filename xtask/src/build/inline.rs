//! `wasm-inline.js` and its like: a wasm as a module that every host and bundler loads without any configuration.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const BEFORE: &str = r#"// Made by `cargo xtask build` from the wasm beside it. The same bytes, as text.
const base64 = ""#;

/// A loop over codes: `Uint8Array.from(atob(text), f)` takes 25 times as long, and `atob` makes a second copy.
/// Each fourth of the text gives three bytes; padding stands for zero bits, which the length then cuts off.
const AFTER: &str = r#"";

export default function wasmBytes() {
  if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(base64);
  const { Buffer } = globalThis; // not by its name alone, for which some bundlers add one of theirs
  if (Buffer) return Buffer.from(base64, "base64");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const sextets = new Uint8Array(128);
  for (let i = 0; i < 64; i++) sextets[alphabet.charCodeAt(i)] = i;
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((base64.length / 4) * 3 - padding);
  for (let i = 0, o = 0; i < base64.length; i += 4) {
    const bits =
      (sextets[base64.charCodeAt(i)] << 18) | (sextets[base64.charCodeAt(i + 1)] << 12) |
      (sextets[base64.charCodeAt(i + 2)] << 6) | sextets[base64.charCodeAt(i + 3)];
    bytes[o++] = bits >> 16; // a store past the end, after padding, is dropped
    bytes[o++] = bits >> 8;
    bytes[o++] = bits;
  }
  return bytes;
}
"#;

pub fn module(wasm: &[u8]) -> String {
    format!("{BEFORE}{}{AFTER}", STANDARD.encode(wasm))
}

/// The bytes that a module made by [`module`] holds; an error when anything else in it was changed.
pub fn bytes(module: &str) -> Result<Vec<u8>> {
    let text = module.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(AFTER));
    STANDARD.decode(text.context("its code is not what the build writes")?).context("its text is not base64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_holds_exactly_the_bytes() {
        for length in 0..5 {
            let wasm: Vec<u8> = (250..250 + length).map(|n: u16| n.to_le_bytes()[0]).collect();
            assert_eq!(bytes(&module(&wasm)).ok(), Some(wasm));
        }
        assert!(bytes(&module(b"abc").replace("return bytes", "return []")).is_err());
    }
}
