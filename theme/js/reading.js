// How far the reader is: a line under the bar, and the time that is left.

const times = document.querySelectorAll('.reading-time');
// In the printed book are those of all lessons.
const minutes = times.length === 1 && times[0].dataset.minutes;

if (minutes) {
    const text = document.querySelector('main');
    const note = document.getElementById('time-left');
    const bar = document.querySelector('.bar');
    let asked = false;
    const tell = () => {
        asked = false;
        const box = text.getBoundingClientRect();
        const part = Math.min(Math.max(-box.top / Math.max(box.height - innerHeight, 1), 0), 1);
        // On the root it would be inherited, and every element styled again at every scroll.
        bar.style.setProperty('--read', part);
        const left = Math.ceil(minutes * (1 - part));
        note.textContent = left ? `${left} min left` : '';
    };
    addEventListener('scroll', () => {
        if (!asked) requestAnimationFrame(tell);
        asked = true;
    }, { passive: true });
    requestAnimationFrame(tell);
}
