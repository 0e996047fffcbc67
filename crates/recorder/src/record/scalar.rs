//! Numbers, truth values and names of enums and errors, from their bytes. Pure.

use crate::dwarf::types::{Shape, Type};

/// A number, a truth value, an enum's or an error's name, as Zig writes it.
pub(super) fn scalar(ty: &Type, bytes: &[u8]) -> String {
    match &ty.shape {
        Shape::Bool => match bytes {
            [0] => "false".into(),
            [1] => "true".into(),
            _ => format!("an invalid bool {}", bytes[0]),
        },
        Shape::Float => float(bytes),
        Shape::Enum(names) => {
            let value = integer(bytes, false, bytes.len() as u32 * 8);
            let signed = integer(bytes, true, bytes.len() as u32 * 8);
            names
                .iter()
                .find(|(number, _)| value.parse() == Ok(*number) || signed.parse() == Ok(*number))
                .map_or_else(
                    || format!("@enumFromInt({value})"),
                    |(_, name)| format!(".{name}"),
                )
        }
        Shape::ErrorSet(names) => {
            let value = integer(bytes, false, bytes.len() as u32 * 8);
            names
                .iter()
                .find(|(number, _)| value.parse() == Ok(*number))
                .map_or_else(|| format!("error {value}"), |(_, name)| name.clone())
        }
        Shape::Bits => format!("0b{:b}", bits(bytes)),
        Shape::Int { signed } => {
            let width = ty
                .name
                .get(1..)
                .and_then(|bits| bits.parse().ok())
                .unwrap_or(bytes.len() as u32 * 8);
            integer(bytes, *signed, width)
        }
        _ => String::new(),
    }
}

fn bits(bytes: &[u8]) -> u128 {
    bytes
        .iter()
        .take(16)
        .rev()
        .fold(0, |value, &byte| value << 8 | u128::from(byte))
}

fn integer(bytes: &[u8], signed: bool, width: u32) -> String {
    let width = width.clamp(1, 128);
    let value = bits(bytes) << (128 - width);
    if signed {
        (value.cast_signed() >> (128 - width)).to_string()
    } else {
        (value >> (128 - width)).to_string()
    }
}

fn float(bytes: &[u8]) -> String {
    match bytes.len() {
        2 => {
            let half = u16::from_le_bytes([bytes[0], bytes[1]]);
            format!("{}", half_to_f32(half))
        }
        4 => format!("{}", f32::from_bits(bits(bytes) as u32)),
        8 => format!("{}", f64::from_bits(bits(bytes) as u64)),
        _ => format!("0x{:x}", bits(bytes)),
    }
}

fn half_to_f32(half: u16) -> f32 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(half >> 10 & 0x1f);
    let fraction = f32::from(half & 0x3ff) / 1024.0;
    match exponent {
        0 => sign * fraction * 2f32.powi(-14),
        31 if half & 0x3ff == 0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1.0 + fraction) * 2f32.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(name: &str, signed: bool, bytes: &[u8]) -> String {
        let ty = Type {
            name: name.into(),
            size: bytes.len() as u32,
            align: 1,
            shape: Shape::Int { signed },
        };
        scalar(&ty, bytes)
    }

    #[test]
    fn integers_of_any_width_are_read() {
        assert_eq!(int("i7", true, &[0xfd]), "-3");
        assert_eq!(int("i7", true, &[0x7d]), "-3");
        assert_eq!(int("u7", false, &[0x7d]), "125");
        assert_eq!(int("usize", false, &[0xff; 4]), "4294967295");
        assert_eq!(int("i128", true, &[0xff; 16]), "-1");
        assert_eq!(int("u128", false, &[0xff; 16]), u128::MAX.to_string());
    }

    #[test]
    fn floats_are_written_as_short_as_they_can_be() {
        assert_eq!(float(&0.1_f32.to_le_bytes()), "0.1");
        assert_eq!(float(&0.1_f64.to_le_bytes()), "0.1");
        assert_eq!(float(&[0x00, 0x3e]), "1.5");
        assert_eq!(float(&[0x00, 0xfc]), "-inf");
        assert_eq!(float(&[0x01, 0x00]), "0.000000059604645");
    }
}
