// The sidebar: beside the text where there is room, over it where there is none.

import { remember, root } from './dom.js';

const sidebarButton = document.getElementById('sidebar-toggle');
const sidebar = document.getElementById('mdbook-sidebar');
const wide = matchMedia('(min-width: 68rem)');

function sidebarIsOpen() {
    return wide.matches ? !root.classList.contains('sidebar-hidden') : root.classList.contains('sidebar-open');
}

function tellSidebar() {
    sidebarButton.setAttribute('aria-expanded', sidebarIsOpen());
}

function toggleSidebar() {
    if (wide.matches) {
        root.classList.toggle('sidebar-hidden');
        remember('book-sidebar', sidebarIsOpen() ? null : 'hidden');
    } else {
        root.classList.toggle('sidebar-open');
    }
    tellSidebar();
}

sidebarButton.addEventListener('click', toggleSidebar);
wide.addEventListener('change', tellSidebar);
document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !wide.matches && sidebarIsOpen()) {
        toggleSidebar();
        sidebarButton.focus();
    }
});
document.addEventListener('click', event => {
    if (!wide.matches && sidebarIsOpen() && !event.target.closest('.bar')
        && (!sidebar.contains(event.target) || event.target.closest('a[href]'))) {
        toggleSidebar();
    }
});
tellSidebar();
for (const link of sidebar.querySelectorAll('a.active')) link.setAttribute('aria-current', 'page');
