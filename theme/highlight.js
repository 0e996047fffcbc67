// Nothing is highlighted in the browser: it is done when the book is built. This file stands in for the
// highlighter that mdBook would copy to the site.
