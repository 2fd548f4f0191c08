// Finds what a person means by its words. Arguments: what to find ("press", "field", "option", "text"), its words, and for an
// option the option's words. Returns an element, true or false, or null when there is none (yet).
const [kind, wanted, option] = arguments;
const words = text => (text || '').replace(/\s+/g, ' ').trim();
// A field's label may carry a colon and a mark, or a word, that it is required.
const bare = text => words(text).replace(/\s*(?:[\s*＊:：]|必填|required)+$/iu, '').replace(/^[*＊]\s*/u, '');
const shown = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
const isCss = /^[#.\[]|^css:/.test(wanted);
const byCss = () => all(wanted.replace(/^css:/, '')).find(shown) || document.querySelector(wanted.replace(/^css:/, ''));

// The first whose words are exactly these; else, of those that contain them, the one with the fewest words.
function best(candidates, wordsOf) {
  const said = candidates.map(element => [element, wordsOf(element)]).filter(([, text]) => text);
  const exact = said.find(([, text]) => text === wanted || bare(text) === wanted);
  if (exact) return exact[0];
  const containing = said.filter(([, text]) => text.includes(wanted));
  containing.sort((a, b) => a[1].length - b[1].length);
  return containing.length ? containing[0][0] : null;
}

function press() {
  if (isCss) return byCss();
  const selector = 'a[href], button, summary, input[type=submit], input[type=button], input[type=reset], [role=button], ' +
    '[role=tab], [role=menuitem], label';
  return best(all(selector).filter(shown), element =>
    element.tagName === 'INPUT' ? words(element.value) : words(element.innerText) || words(element.getAttribute('aria-label')));
}

function labelWords(label) {
  const copy = label.cloneNode(true);
  all('select, textarea, input, button', copy).forEach(control => control.remove());
  return words(copy.textContent);
}

function field() {
  if (isCss) return byCss();
  const labels = all('label').filter(label => label.control && label.control.type !== 'hidden');
  const exact = labels.find(label => bare(labelWords(label)) === wanted);
  if (exact) return exact.control;
  const controls = all('input:not([type=hidden]), textarea, select, [contenteditable=true]');
  const named = controls.filter(control => ['name', 'id', 'aria-label', 'placeholder'].some(name => control.getAttribute(name) === wanted));
  const named_first = named.find(shown) || named[0];
  if (named_first) return named_first;
  const label = best(labels, labelWords);
  return label ? label.control : null;
}

function choice() {
  const control = field();
  if (control && control.tagName === 'SELECT') {
    const options = [...control.options];
    const meant = options.find(one => words(one.text) === option) || options.find(one => one.value === option) ||
      options.find(one => words(one.text).includes(option));
    return meant || null;
  }
  // Radio buttons and boxes: a group with a legend or a name, an option with a label.
  const groups = all('fieldset, [role=radiogroup], [role=group]').filter(group => {
    const legend = group.querySelector('legend');
    return bare(legend ? legend.textContent : group.getAttribute('aria-label')) === wanted;
  });
  const inputs = groups.length
    ? all('input[type=radio], input[type=checkbox]', groups[0])
    : all('input[type=radio], input[type=checkbox]').filter(input => input.name === wanted);
  const meant = inputs.find(input => [...input.labels].some(label => bare(labelWords(label)) === option) || input.value === option);
  // A radio button may be drawn by its label and be invisible itself.
  return meant ? (shown(meant) ? meant : [...meant.labels].find(shown)) || meant : null;
}

switch (kind) {
  case 'press': return press();
  case 'field': return field();
  case 'option': return choice();
  // What stands on the page, with blanks made one as a reader does.
  case 'text': return document.body ? words(document.body.innerText).includes(words(wanted)) : false;
  case 'css': return all(wanted).some(shown);
  default: throw new Error('unknown kind ' + kind);
}
