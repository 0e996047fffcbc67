//! Packed structures, whose fields are bits of a number.

use super::memory::MemoryReader;
use super::scalar::scalar;
use crate::dwarf::packed::{BitField, FieldMeaning};
use crate::dwarf::types::{Shape, Type};
use book_trace::model::{Part, Value};

impl MemoryReader<'_> {
    /// The fields of a packed struct, out of the bits of its number.
    pub(super) fn packed(&self, fields: &[BitField], bits: u128, offset: u32) -> Value {
        let parts = fields.iter().map(|field| {
            let mask = match field.width {
                128.. => u128::MAX,
                width => (1 << width) - 1,
            };
            let own = bits.checked_shr(field.from).unwrap_or(0) & mask;
            let from = offset + field.from / 8;
            let to = offset + (field.from + field.width).div_ceil(8);
            Part {
                name: field.name.clone(),
                offset: from,
                size: to.saturating_sub(from).max(1),
                value: self.bit_field(field, own, from),
            }
        });
        Value::Fields(parts.collect())
    }

    fn bit_field(&self, field: &BitField, bits: u128, offset: u32) -> Value {
        let bytes = field.width.div_ceil(8).max(1);
        let (sign, shape) = match &field.holds {
            FieldMeaning::Fields(fields) => return self.packed(fields, bits, offset),
            FieldMeaning::Bool => ("u", Shape::Bool),
            FieldMeaning::Int { signed: true } => ("i", Shape::Int { signed: true }),
            FieldMeaning::Int { signed: false } => ("u", Shape::Int { signed: false }),
            FieldMeaning::Float => ("f", Shape::Float),
            FieldMeaning::Enum(names) => ("u", Shape::Enum(names.clone())),
            FieldMeaning::Bits => ("u", Shape::Bits),
        };
        let ty = Type {
            name: format!("{sign}{}", field.width),
            size: bytes,
            align: 1,
            shape,
        };
        Value::Scalar(scalar(&ty, &bits.to_le_bytes()[..bytes as usize]))
    }

    /// Bytes as a number.
    pub(super) fn bits(&self, address: u32, size: u32) -> Option<u128> {
        let mut number = [0; 16];
        let bytes = self.bytes(address, size)?;
        number.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(u128::from_le_bytes(number))
    }
}
