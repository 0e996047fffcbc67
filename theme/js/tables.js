// Tables of three columns or more: on a small screen a row is a card, and says the name of each column.

for (const table of document.querySelectorAll('main table:not(.trace-bytes table)')) {
    const names = [...table.querySelectorAll('thead th')].map(cell => cell.textContent);
    if (names.length < 3) continue;
    table.classList.add('cards');
    // Drawn as blocks, it is a table all the same to whoever hears it.
    table.setAttribute('role', 'table');
    table.querySelectorAll('tr').forEach(row => row.setAttribute('role', 'row'));
    table.querySelectorAll('th').forEach(cell => cell.setAttribute('role', 'columnheader'));
    table.querySelectorAll('tbody tr').forEach(row => [...row.cells].forEach((cell, index) => {
        if (cell.tagName !== 'TD') return;
        cell.setAttribute('role', 'cell');
        cell.dataset.label = names[index];
    }));
}
