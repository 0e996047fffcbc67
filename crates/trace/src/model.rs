//! What a recorded execution is: steps, and in each the frames, the memory and what has happened since the
//! step before. Pure data; the recorder writes it, the renderers read it, [`super::snapshot`] stores it.

#![warn(missing_docs)]

use serde::{Deserialize, Serialize};

pub use super::source::Deferred;

/// A recorded execution.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was run, for example `03_allocator/caller_owns`.
    pub name: String,
    /// The source files that steps speak of, relative to the listings folder.
    pub files: Vec<String>,
    /// In their order; the first is before any statement has run.
    pub steps: Vec<Step>,
    /// How it came to an end.
    pub end: End,
}

impl Trace {
    /// Leaves out the files that no step speaks of, but for the first: the listing's own.
    pub fn keep_used_files(&mut self) {
        let own = format!("{}.zig", self.name);
        let mut kept: Vec<usize> = (0..self.files.len())
            .filter(|&file| self.files[file] == own)
            .collect();
        for step in &mut self.steps {
            let places = [&mut step.ran, &mut step.next].into_iter().flatten();
            for place in places.chain(step.frames.iter_mut().map(|frame| &mut frame.at)) {
                let known = kept.iter().position(|&file| file == place.file);
                place.file = known.unwrap_or_else(|| {
                    kept.push(place.file);
                    kept.len() - 1
                });
            }
        }
        self.files = kept
            .into_iter()
            .filter_map(|file| self.files.get(file).cloned())
            .collect();
    }
}

/// How the program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "text")]
pub enum End {
    /// `main` or the test returned without an error.
    Returned,
    /// `main` or the test returned this error.
    Error(String),
    /// A panic, with its message.
    Panic(String),
    /// WebAssembly stopped it: out of memory, out of stack, a call to `exit`.
    Stopped(String),
}

/// The program at a halt: before the statement at `next` runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The steps between the step before and this one that were not kept, of a program that takes very many.
    pub gap: Option<Gap>,
    /// The statement that has just run. `None` before the first.
    pub ran: Option<Statement>,
    /// The statement that runs next. `None` when the program has ended.
    pub next: Option<Statement>,
    /// What has happened since the step before, in order.
    pub events: Vec<Event>,
    /// What was printed since the step before.
    pub output: String,
    /// The calls that have not returned, the first one first.
    pub frames: Vec<Frame>,
    /// The calls in their middle that are left out, where there are very many.
    pub deep: Option<DeepCalls>,
    /// Globals, literals and constants.
    pub statics: Vec<Object>,
    /// What allocators gave out, in order; a freed block stays for a while.
    pub blocks: Vec<Block>,
}

impl Step {
    /// All that holds something: variables, then what is static, then blocks that are not freed, with the key of each.
    pub fn memories(&self) -> impl Iterator<Item = (ObjectKey, &Memory)> {
        let variables = self.frames.iter().flat_map(|frame| &frame.variables);
        let objects = variables
            .chain(&self.statics)
            .map(|object| (object.key.clone(), &object.memory));
        let blocks = self.blocks.iter().filter(|block| !block.state.is_freed());
        objects.chain(blocks.map(|block| (ObjectKey::Block(block.id), &block.memory)))
    }
}

/// Steps that were not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// How many.
    pub steps: u32,
    /// What was printed in them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub output: String,
}

/// Calls that have not returned and are not among the frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepCalls {
    /// The index of the frame that they come before.
    pub before: usize,
    /// How many.
    pub calls: u32,
}

/// A statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// An index into [`Trace::files`].
    pub file: usize,
    /// Its first line, counted from 1.
    pub line: u32,
    /// Set when the statement was deferred and runs now.
    pub deferred: Option<Deferred>,
}

/// A call of one of the listing's functions.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// A number of its own for each call, from 1.
    pub id: u32,
    /// Its name, as the listing writes it.
    pub function: String,
    /// The statement it is at.
    pub at: Statement,
    /// Parameters, then variables, in the order of their declarations.
    pub variables: Vec<Object>,
}

/// A piece of memory with a name and a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// How pointers refer to it.
    pub key: ObjectKey,
    /// The variable's name; of static memory, what it is.
    pub name: String,
    /// What it holds.
    pub memory: Memory,
}

/// What a piece of memory holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// Its type, as a programmer writes it.
    pub ty: String,
    /// The address in the 32-bit run.
    pub address: u32,
    /// In bytes.
    pub size: u32,
    /// In bytes.
    pub align: u32,
    /// What its bytes mean.
    pub value: Value,
    /// Its bytes, two hexadecimal digits each: `??` for one that is undefined, `..` for one that is padding,
    /// `~~` for one of a number that the compiler chooses. Shorter than `size` for large objects.
    pub bytes: String,
}

/// Names an object for as long as it lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObjectKey {
    /// A variable of the frame with this id.
    #[serde(rename = "v")]
    Variable(u32, String),
    /// Static memory, by a number in order of appearance.
    #[serde(rename = "s")]
    Static(u32),
    /// A block, by its number.
    #[serde(rename = "b")]
    Block(u32),
}

/// A value, as a programmer thinks of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// As Zig would write it.
    #[serde(rename = "is")]
    Scalar(String),
    /// Nobody has written to it yet.
    #[serde(rename = "undefined")]
    Undefined,
    /// An address, and what is there.
    #[serde(rename = "pointer")]
    Pointer(Pointer),
    /// A struct, a union's payload: what is inside, by name.
    #[serde(rename = "fields")]
    Fields(Vec<Part>),
    /// The elements of an array or of a block.
    #[serde(rename = "items")]
    Items(Vec<Part>),
    /// Bytes that are text.
    #[serde(rename = "text")]
    Text(MemoryText),
    /// Not looked into.
    #[serde(rename = "opaque")]
    Opaque,
}

impl Part {
    /// How many elements it stands for: 1, but for what is left of a long array.
    pub fn count(&self) -> usize {
        let more = self.name.strip_suffix(" more");
        more.and_then(|count| count.parse().ok()).unwrap_or(1)
    }
}

/// A part of a larger value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// A field's name, an element's index.
    #[serde(rename = "n")]
    pub name: String,
    /// In bytes from the start of the object.
    #[serde(rename = "o")]
    pub offset: u32,
    /// In bytes.
    #[serde(rename = "s")]
    pub size: u32,
    /// What its bytes mean.
    #[serde(rename = "v")]
    pub value: Value,
}

/// Text in memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryText {
    /// One character for each byte; `\u{fffd}` stands for an undefined one.
    #[serde(rename = "t")]
    pub text: String,
    /// In bytes from the start of the object.
    #[serde(rename = "o")]
    pub offset: u32,
}

/// A pointer or a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// In the 32-bit run.
    #[serde(rename = "a")]
    pub address: u32,
    /// A slice's length, in elements.
    #[serde(rename = "len", default, skip_serializing_if = "Option::is_none")]
    pub len: Option<u32>,
    /// Bytes it views; 0 when not known.
    #[serde(rename = "w", default)]
    pub width: u32,
    /// What is at the address.
    #[serde(rename = "to")]
    pub target: Target,
    /// What it views, if that is text.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What a pointer points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An object that is there, at an offset in bytes.
    #[serde(rename = "at")]
    Object(ObjectKey, u32),
    /// A block that has been freed.
    #[serde(rename = "freed")]
    Freed(ObjectKey, u32),
    /// A variable of a call that has returned, or of a block that has ended: its name.
    #[serde(rename = "gone")]
    Gone(String),
    /// Memory that is not shown.
    #[serde(rename = "elsewhere")]
    Elsewhere,
    /// Nothing is read through it: it is undefined, or views no bytes.
    #[serde(rename = "nothing")]
    Nothing,
}

/// What an allocator gave out.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Counted from 0 in order of allocation; shown as A, B, C.
    pub id: u32,
    /// What it holds.
    pub memory: Memory,
    /// The elements' type, where known.
    pub element: Option<String>,
    /// The allocator that owns it.
    pub allocator: String,
    /// The allocator that asked for it, to give out parts of it.
    pub serves: Option<String>,
    /// The object whose memory it is part of: a fixed buffer's array, an arena's chunk.
    pub inside: Option<ObjectKey>,
    /// Whether it is still whose it was.
    pub state: BlockState,
    /// Where it was allocated.
    pub line: u32,
}

/// Whose a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockState {
    /// Whoever allocated it may use it.
    Live,
    /// It was given back, and its bytes are as they were or as the allocator left them.
    Freed,
    /// Freed, and written to since.
    Written,
    /// The program has ended, and nobody freed it.
    Leaked,
}

impl BlockState {
    /// Whether it has been given back, whatever happened to it since.
    pub fn is_freed(self) -> bool {
        matches!(self, BlockState::Freed | BlockState::Written)
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The line of the listing that made it happen; 0 for none.
    pub line: u32,
    /// What it is.
    pub what: EventKind,
}

/// What happened: calls, and what allocators were asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A function of the listing was called.
    Call {
        /// Its name.
        function: String,
    },
    /// A function of the listing returned.
    Return {
        /// Its name.
        function: String,
        /// What it returned, where that is known.
        value: Option<Value>,
    },
    /// An allocator gave out a block.
    Alloc {
        /// Its number.
        block: u32,
        /// In bytes.
        size: u32,
        /// In bytes.
        align: u32,
        /// The elements' type, where known.
        element: Option<String>,
        /// The allocator that was asked.
        allocator: String,
        /// The allocator that asked, to give out parts of the block.
        by: Option<String>,
    },
    /// The allocator had no memory to give.
    AllocFailed {
        /// In bytes.
        size: u32,
        /// In bytes.
        align: u32,
        /// The elements' type, where known.
        element: Option<String>,
        /// The allocator that was asked.
        allocator: String,
    },
    /// In place.
    Resize {
        /// Its number.
        block: u32,
        /// Its size before, in bytes.
        from: u32,
        /// The size that was wanted, in bytes.
        to: u32,
        /// Whether it has that size now.
        granted: bool,
        /// The allocator that was asked.
        allocator: String,
    },
    /// The block may have moved.
    Remap {
        /// Its number.
        block: u32,
        /// Its size before, in bytes.
        from: u32,
        /// The size that was wanted, in bytes.
        to: u32,
        /// Whether it has that size now.
        granted: bool,
        /// Whether it begins at another address now.
        moved: bool,
        /// The allocator that was asked.
        allocator: String,
    },
    /// A block was given back.
    Free {
        /// Its number.
        block: u32,
        /// In bytes.
        size: u32,
        /// The allocator that was asked.
        allocator: String,
        /// The allocator that asked, to give out parts of the block.
        by: Option<String>,
    },
    /// A block is freed that was freed before.
    DoubleFree {
        /// Its number.
        block: u32,
        /// The allocator that was asked.
        allocator: String,
    },
    /// Memory is freed that the allocator did not give out, or not with this size.
    WrongFree {
        /// Where the memory begins, in the 32-bit run.
        address: u32,
        /// In bytes.
        size: u32,
        /// The block that begins there, if one does.
        block: Option<u32>,
        /// The allocator that was asked.
        allocator: String,
    },
    /// A freed block is written to, by whoever still has a pointer to it.
    WriteAfterFree {
        /// Its number.
        block: u32,
    },
    /// Everything the allocator gave out is taken back.
    Reset {
        /// The allocator that takes it back.
        allocator: String,
    },
    /// The program has ended, and nobody freed the block.
    Leak {
        /// Its number.
        block: u32,
        /// In bytes.
        size: u32,
        /// The allocator that was asked.
        allocator: String,
    },
}

impl EventKind {
    /// Whether it is about memory, not about calls.
    pub fn is_memory(&self) -> bool {
        !matches!(self, EventKind::Call { .. } | EventKind::Return { .. })
    }
}

/// The letters that name a block: A to Z, then AA, AB.
pub fn letters(id: u32) -> String {
    let mut rest = id;
    let mut name = Vec::new();
    loop {
        name.push(b'A' + (rest % 26) as u8);
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    name.reverse();
    String::from_utf8(name).expect("letters are ASCII")
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn blocks_are_named_like_columns() {
        let names: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
