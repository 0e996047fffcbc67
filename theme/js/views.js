// One figure for code and memory: its buttons, and links to a step, choose what is seen. Without this both stand in the
// page.

function choose(figure, isMemory) {
    figure.classList.toggle('memory', isMemory);
    for (const button of figure.querySelectorAll(':scope > .views button')) {
        button.setAttribute('aria-pressed', (button.dataset.view === 'memory') === isMemory);
    }
}

document.addEventListener('click', event => {
    const button = event.target.closest('.views button');
    if (button) choose(button.closest('.both'), button.dataset.view === 'memory');
});

// A link to a step of the diagram.
document.addEventListener('follow', event => {
    const figure = event.target.closest('.both > .trace');
    if (figure) choose(figure.parentElement, true);
});
