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

// Before the diagram goes to its step and comes into sight.
function fromAddress() {
    const figure = document.getElementById(location.hash.slice(1).split('=')[0])?.closest('.both > .trace');
    if (figure) choose(figure.parentElement, true);
}
addEventListener('hashchange', fromAddress, true);
fromAddress();
