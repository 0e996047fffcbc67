//@ run
use tinyjson::JsonValue;

fn main() {
    let text = r#"{ "name": "digits", "layers": [64, 32, 10] }"#;
    let config: JsonValue = text.parse().unwrap();

    let name: &String = config["name"].get().unwrap();
    let layers: &Vec<JsonValue> = config["layers"].get().unwrap();
    println!("{name}, {} layers", layers.len());
} // frees each value by itself
