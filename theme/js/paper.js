// The whole book on one page, which is for paper: nothing is pressed or filled in there. Chromium looks through the forms
// and fields of a page when it is loaded, and at thousands of them for seconds. So marks that can be printed take the place of
// fields, and boxes that of forms.

import { isPrint, make } from './dom.js';

const MARKS = { radio: '○ ', checkbox: '☐ ', text: '________ ' };

if (isPrint) {
    document.querySelectorAll('.spot').forEach(part => part.remove());
    for (const control of document.querySelectorAll('main :is(input, button)')) {
        const mark = MARKS[/** @type {HTMLInputElement} */ (control).type];
        if (mark) control.replaceWith(mark);
        else control.remove();
    }
    for (const form of document.querySelectorAll('main form')) {
        const attributes = [...form.attributes].map(({ name, value }) => [name, value]);
        form.replaceWith(make('div', Object.fromEntries(attributes), ...form.childNodes));
    }
}
