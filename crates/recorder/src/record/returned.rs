//! What a function returned: from its WebAssembly result, or from the memory that its caller set aside. Pure.

use super::Recorder;
use super::memory::MemoryReader;
use super::stack::Call;
use crate::dwarf::types::Shape;
use book_trace::model::Value;

impl Recorder<'_> {
    /// The value that a call returned; `None` for nothing and for what cannot be told.
    pub(super) fn returned(
        &mut self,
        memory: &[u8],
        call: &Call,
        result: Option<u64>,
    ) -> Option<Value> {
        let traced = self.traced(call.function);
        let file = self.program.file(traced)?;
        let written = file.source.returns(traced.function.line)?;
        if matches!(written.as_str(), "void" | "noreturn") {
            return None;
        }
        let types = &self.program.types;
        let (ty, scratch);
        let (reader, address) = match result {
            Some(bits) => {
                ty = traced.function.returns;
                scratch = bits.to_le_bytes();
                let reader = MemoryReader {
                    memory: &scratch,
                    types,
                    writing: self.writing,
                };
                (reader, 0)
            }
            None => {
                ty = traced.returned?;
                let address = u32::try_from(*call.arguments.first()?).ok()?;
                let writing = self.writing;
                (
                    MemoryReader {
                        memory,
                        types,
                        writing,
                    },
                    address,
                )
            }
        };
        let shape = &types.get(ty).shape;
        if matches!(shape, Shape::Void | Shape::Opaque) || types.get(ty).size > 64 {
            return None;
        }
        let variables = self.variables(memory);
        let mut world = self.world(memory, &variables, true);
        let (value, _) = reader.read(ty, address, None, &mut world);
        // Nothing, where an error could have been.
        (value != Value::Scalar("{}".into())).then_some(value)
    }
}
