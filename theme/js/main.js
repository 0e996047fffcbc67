// What the page does besides being read. Everything here adds to a page that is whole without it. The tool joins these
// modules into the one script that a page loads; what is used seldom is loaded when it is used (`late.js`).

import './languages.js';
import './copying.js';
import './tables.js';
import './settings.js';
import './contents.js';
import './sidebar.js';
import './hiding.js';
import './late.js';
import './searching.js';
import './reading.js';
import './drawings.js';
import './keeping.js';
import './progress-view.js';
import './place.js';
import './quiz.js';
import './predict.js';
import './views.js';
import './trace.js';
import './starting.js';
import './variants.js';
