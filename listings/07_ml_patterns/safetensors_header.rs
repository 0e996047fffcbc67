//@ run
use tinyjson::JsonValue;

static BYTES: &[u8] = include_bytes!("capstone/model.safetensors");

fn main() {
    let (length, rest) = BYTES.split_first_chunk().unwrap();
    let (json, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
    let header: JsonValue = std::str::from_utf8(json).unwrap().parse().unwrap();
    let text = |value: &JsonValue| value.get::<String>().unwrap().clone();

    println!(
        "{} bytes in the file, numbers from byte {} on",
        BYTES.len(),
        BYTES.len() - data.len()
    );
    // This parser does not keep the order of the names.
    println!(
        "about the file: format {}",
        text(&header["__metadata__"]["format"])
    );
    for name in [
        "layers.0.weight",
        "layers.0.bias",
        "layers.1.weight",
        "layers.1.bias",
    ] {
        let tensor = &header[name];
        let offset = |i: usize| *tensor["data_offsets"][i].get::<f64>().unwrap();
        println!(
            "{name}: {}, bytes {} to {}",
            text(&tensor["dtype"]),
            offset(0),
            offset(1)
        );
    }
}
