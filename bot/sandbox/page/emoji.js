// The short names people here use. An unknown :name: stays text.

const TABLE = `
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫|warning ⚠️|rotating_light 🚨
pencil2 ✏️|pencil 📝|memo 📝|repeat 🔁|arrows_counterclockwise 🔄|eyes 👀|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎
hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|clock3 🕒|calendar 📅|hammer_and_wrench 🛠️|gear ⚙️|wrench 🔧
mag 🔍|mag_right 🔎|link 🔗|paperclip 📎|page_facing_up 📄|books 📚|book 📖|bookmark 🔖|clipboard 📋|file_folder 📁
speech_balloon 💬|envelope ✉️|email 📧|inbox_tray 📥|outbox_tray 📤|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣|pushpin 📌
bulb 💡|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|question ❓|grey_question ❔|exclamation ❗|information_source ℹ️|zap ⚡
red_circle 🔴|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|leftwards_arrow_with_hook ↩️|back 🔙|heavy_plus_sign ➕|heavy_minus_sign ➖
wave 👋|pray 🙏|clap 👏|raised_hands 🙌|muscle 💪|ok_hand 👌|point_right 👉|bust_in_silhouette 👤|busts_in_silhouette 👥
tada 🎉|sparkles ✨|star ⭐|fire 🔥|rocket 🚀|heart ❤️|100 💯|smile 😄|slightly_smiling_face 🙂|thinking_face 🤔|joy 😂
cry 😢|sweat_smile 😅|bug 🐛|robot_face 🤖|credit_card 💳|moneybag 💰|receipt 🧾|bar_chart 📊|chart_with_upwards_trend 📈
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|wastebasket 🗑️|scales ⚖️|house 🏠`;

const CHARACTERS = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(" ")),
);

/** The character of a short name ("+1", "wave::skin-tone-2"), or null. */
export const emoji = (name) => CHARACTERS.get(name.split("::")[0]) ?? null;

/** What it shows: the character, or the name as it was typed. */
export const emojiText = (name) => emoji(name) ?? `:${name}:`;
