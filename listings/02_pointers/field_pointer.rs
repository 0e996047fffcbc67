//@ run
struct Layer {
    width: u16,
    bias: f32,
}

fn main() {
    let mut layer = Layer {
        width: 64,
        bias: 0.5,
    };
    let bias: &mut f32 = &mut layer.bias;
    *bias *= 2.0;
    println!("width {}, bias {:.1}", layer.width, layer.bias);
}
