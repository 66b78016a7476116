/**
 * An expression that a template engine would evaluate: `{{7*7}}`, `${T(java.lang.Runtime)}`, `<%= system(...) %>`, `#{...}`, `[[${...}]]`. A slot for a
 * name (`{{first_name}}`, `${amount}`, `{0}`) is one as well where it stands in doubled braces or behind a dollar: a text that is rendered fills it.
 */
export function hasTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

const TEMPLATE = /\{\{[^{}\n]{1,300}\}\}|\$\{[^{}\n]{1,300}\}|<%[=#@-]?[^%\n]{1,300}%>|#\{[^{}\n]{1,300}\}|\{%[^%\n]{1,300}%\}/;
