//@ run

struct View<'a> {
    data: &'a mut [f32],
    shape: [usize; 2],
    strides: [usize; 2],
}

impl View<'_> {
    fn at(&mut self, i: usize, j: usize) -> &mut f32 {
        &mut self.data[i * self.strides[0] + j * self.strides[1]]
    }

    /// Borrows `self`: while the transposed view is used, the first one cannot be.
    fn transposed(&mut self) -> View<'_> {
        View {
            data: self.data,
            shape: [self.shape[1], self.shape[0]],
            strides: [self.strides[1], self.strides[0]],
        }
    }
}

fn main() {
    let mut numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let mut a = View {
        data: &mut numbers,
        shape: [2, 3],
        strides: [3, 1],
    };
    println!("a is 2 x 3, strides {} and {}", a.strides[0], a.strides[1]);
    let mut t = a.transposed();
    *t.at(2, 0) = 30.0;
    let ([m, n], [p, q]) = (t.shape, t.strides);
    println!("t is {m} x {n}, strides {p} and {q}");
    println!("a at row 0, column 2 is {}", a.at(0, 2));
}
