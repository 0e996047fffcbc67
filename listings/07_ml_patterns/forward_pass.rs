//@ run

type Matrix = Vec<Vec<f32>>;

fn layer(weights: &Matrix, x: &[f32]) -> Vec<f32> {
    let dot = |row: &Vec<f32>| row.iter().zip(x).map(|(w, v)| w * v).sum::<f32>();
    weights.iter().map(|row| dot(row).max(0.0)).collect()
}

fn forward(model: &[Matrix], input: &[f32]) -> Vec<f32> {
    let mut x = layer(&model[0], input);
    for weights in &model[1..] {
        x = layer(weights, &x); // the old `x` is dropped here
    }
    x
}

fn main() {
    let model = [
        vec![vec![1.0, 2.0], vec![3.0, 4.0]],
        vec![vec![1.0, 0.0], vec![0.0, 1.0]],
        vec![vec![0.5, 0.5]],
    ];
    let mut total = 0.0;
    for _ in 0..1000 {
        total += forward(&model, &[1.0, 1.0])[0];
    }
    println!("sum of the answers: {total}");
}
