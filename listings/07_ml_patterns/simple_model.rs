//@ run

/// Owns its weights: they are freed when the model is dropped.
struct SimpleModel {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl SimpleModel {
    fn new() -> SimpleModel {
        SimpleModel {
            weight: vec![1.0, 2.0, 3.0, 4.0],
            bias: vec![0.5, -20.0],
        }
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        for (i, sum) in y.iter_mut().enumerate() {
            *sum = self.bias[i];
            for (w, v) in self.weight[i * x.len()..].iter().zip(x) {
                *sum += w * v;
            }
            *sum = sum.max(0.0);
        }
    }
}

fn main() {
    let model = SimpleModel::new();
    let mut y = [0.0; 2];
    model.forward(&[1.0, 2.0], &mut y);
    println!("{} {}", y[0], y[1]);
}
