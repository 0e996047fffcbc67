//! Reads safetensors: eight bytes that hold the header's length, a JSON header, the tensors' bytes.

use tinyjson::JsonValue;

#[derive(Debug, PartialEq)]
pub enum Error {
    FileTooShort,
    BadHeader,
    TensorMissing,
    WrongType,
    WrongShape,
    NotFinite,
}

/// A file whose header has been read. It borrows the file's bytes, and `'f` says so.
pub struct File<'f> {
    header: JsonValue,
    data: &'f [u8],
}

impl<'f> File<'f> {
    pub fn open(bytes: &'f [u8]) -> Result<File<'f>, Error> {
        let (length, rest) = bytes.split_first_chunk().ok_or(Error::FileTooShort)?;
        let length = u64::from_le_bytes(*length);
        let length = usize::try_from(length).map_err(|_| Error::FileTooShort)?;
        let (json, data) = rest.split_at_checked(length).ok_or(Error::FileTooShort)?;
        let json = std::str::from_utf8(json).map_err(|_| Error::BadHeader)?;
        check_depth(json)?;
        let header = json.parse().map_err(|_| Error::BadHeader)?;
        Ok(File { header, data })
    }

    /// A copy of the tensor's numbers.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let (chunks, _) = self.tensor(name, "F32", 4, shape)?.as_chunks();
        let numbers: Vec<f32> = chunks.iter().map(|&b| f32::from_le_bytes(b)).collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(Error::NotFinite);
        }
        Ok(numbers)
    }

    /// The bytes of a tensor of `u8`: a view into the file.
    #[allow(dead_code)] // not every listing that shares this file needs bytes
    pub fn view(&self, name: &str, shape: &[usize]) -> Result<&'f [u8], Error> {
        self.tensor(name, "U8", 1, shape)
    }

    fn tensor(
        &self,
        name: &str,
        dtype: &str,
        width: usize,
        shape: &[usize],
    ) -> Result<&'f [u8], Error> {
        let JsonValue::Object(tensors) = &self.header else {
            return Err(Error::BadHeader);
        };
        let Some(JsonValue::Object(found)) = tensors.get(name) else {
            return Err(Error::TensorMissing);
        };
        let Some(JsonValue::String(found_dtype)) = found.get("dtype") else {
            return Err(Error::BadHeader);
        };
        if found_dtype != dtype {
            return Err(Error::WrongType);
        }
        if integers(found.get("shape"))? != shape {
            return Err(Error::WrongShape);
        }
        let [begin, end] = integers(found.get("data_offsets"))?[..] else {
            return Err(Error::BadHeader);
        };
        if begin > end || end - begin != shape.iter().product::<usize>() * width {
            return Err(Error::WrongShape);
        }
        self.data.get(begin..end).ok_or(Error::FileTooShort)
    }
}

/// The parser calls itself for each open bracket: too many would use up the stack.
fn check_depth(json: &str) -> Result<(), Error> {
    let mut open = 0usize;
    for byte in json.bytes() {
        match byte {
            b'[' | b'{' if open == 16 => return Err(Error::BadHeader),
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn integers(value: Option<&JsonValue>) -> Result<Vec<usize>, Error> {
    let Some(JsonValue::Array(items)) = value else {
        return Err(Error::BadHeader);
    };
    items
        .iter()
        .map(|item| match item {
            JsonValue::Number(n) if *n >= 0.0 && n.fract() == 0.0 => Ok(*n as usize),
            _ => Err(Error::BadHeader),
        })
        .collect()
}
