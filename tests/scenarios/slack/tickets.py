"""What customers write in these stories."""

REFUND = "Hi, I bought the yearly plan five days ago and would like my money back. How do I get a refund?"
BROWSERS = "Hello, which browsers do you support?"
PASSWORD = "Good morning, I have completely forgotten my password. How do I set a new one?"
WITHOUT_DETAILS = "Hello, I would like to get a refund. What are the rules for that?"
TWO_QUESTIONS = "1) How do I turn on two-factor authentication?\n2) Do you have a desktop program for Linux?"
CHARITY = "We run a small food bank. Do you offer a discount for charities?"
CHARGEBACK = (
    "The annual plan renewed three days ago and nobody here wanted that. I have already asked my bank to start a "
    "chargeback. Or can you refund the renewal yourselves?"
)
HACKED = "I think I've been hacked. There are two strangers in our member list. What should I do right now?"
LEGAL = (
    "I want my personal data erased. How long do you take to answer a GDPR request? If I hear nothing I will take "
    "legal action against your company."
)
