"""Contrast: which texts on a page are too faint to be read by all (WCAG AA)."""

TOO_FAINT = """() => {
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => {
            const s = c / 255;
            return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(colour)) return colour;
        }
    };
    const seen = [...document.querySelectorAll("body *")].filter((node) =>
        node.checkVisibility() && [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim()));
    return seen.map((node) => {
        const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
        return [(a + 0.05) / (b + 0.05), node.className + " " + node.textContent.slice(0, 40)];
    }).filter(([ratio]) => ratio < 4.5);
}"""

"""Evaluated in a page: each text with less than 4.5 to 1 against what is behind it, with its ratio."""
