"""The escalation categories every desk has, and the words that show them."""

from knowledge.drafting.playbook import EscalationRule, Severity

ANGRY_CUSTOMER = "angry_customer"

_ACCOUNT = "(account|accounts|profile|workspace|login|password|email|mailbox)"
_CHARGED = "(charge~|bill~|debit~|invoice~|payment~|paying)"
_BUILT_IN = (
    EscalationRule(
        category="billing_dispute",
        severity=Severity.HIGH,
        second_approver=True,
        triggers=(
            "chargeback~",
            "charge~ back",
            "dispute~ ... (bank|card|charge~|payment~|transaction~|invoice~|bill~|paypal)",
            "(dispute|disputing|contest|contesting) (this|the|that|your|it|a)",
            "(bank|card issuer|card company|paypal) ... (reverse|refund|dispute|claw)",
            "(reverse|reversing|block|blocking|stop|stopping) (the|this|that|all|your) (charge~|payment~|transaction~)",
            "(stolen|stealing|stole|robbed|theft) ... (money|card|pocket)",
            "(unauthorised|unauthorized|fraudulent) (charge~|payment~|transaction~|debit~)",
            "(never|didn't|did not) (authorise~|authorize~|agree~|approve~) ... " + _CHARGED,
            "(overcharge~|double charge~|double billed|charged twice|billed twice|charged two times|charged me twice|billed me twice|charged double)",
            "charge~ ... twice",
            "billed ... twice",
            "(refuse~|refusing|denied|deny) ... refund",
            "wrongly (charged|billed)",
            "(charged|billed) ... (by mistake|wrong amount|without my)",
        ),
        ignore=("(avoid|prevent) ... chargeback~",),
    ),
    EscalationRule(
        category="legal_threat",
        severity=Severity.HIGH,
        second_approver=True,
        triggers=(
            "(lawyer~|attorney~|solicitor~|barrister~)",
            "legal (action|advice|proceedings|steps|team|counsel|department|claim|consequences)",
            "(sue|suing|sued) (you|your|the company|this company|for|if|over)",
            "(will|going to|to|gonna|i'll|we'll) sue",
            "(take|taking|see) you ... court",
            "(small claims|class action|court order|cease and desist|subpoena~|litigation|lawsuit~)",
            "(take|taking|go|going) ... to court",
            "in court",
            "breach of (contract|law|gdpr)",
            "(report~|complain~|complaint) ... (ombudsman|regulator~|ftc|bbb|ico|trading standards|consumer protection|data protection authority|attorney general|authorities)",
            "(violat~|breach~|break~|against) ... (law|gdpr|contract|consumer rights)",
            "consumer (protection|rights) (agency|office|act|body|law~)",
            "legal rights",
        ),
        ignore=(
            "legal (name|entity|address|notice)",
            "(our|my) (legal department|legal team|lawyer~) ... (uses|seat~)",
        ),
    ),
    EscalationRule(
        category="account_security",
        severity=Severity.HIGH,
        second_approver=True,
        triggers=(
            "(hack~|hijack~|compromised|phish~|breached)",
            "(someone|somebody|stranger|person|people) ... (log~|sign~|got|broke|accessed|access|using|inside) ... "
            + _ACCOUNT,
            "(someone|somebody) (else|new|unknown) ... (log~|signed|account|access~|in)",
            "(unknown|unrecognised|unrecognized|strange|suspicious|unfamiliar|foreign) (login~|log in~|sign in~|signin~|device~|session~|activity|ip|location~|access)",
            "(unauthorised|unauthorized) (access|login~|sign in~|user~|device~|person)",
            "(login~|log in~|sign in~|signin~) ... (i don't recognise|i don't recognize|i did not|wasn't me|not me|i didn't|never made)",
            "(didn't|did not|don't|do not|never) ... (recognise|recognize) ... (login|device|session|sign)",
            "(changed|reset) my (password|email|e-mail) ... (without|not me|wasn't me|didn't)",
            "(password|email|e-mail) was changed",
            "(stolen|lost) ... (laptop|phone|device|authenticator) ... (account|access|logged|codes|sign|log)",
            "(laptop|phone|device) (was|is|got|has been) stolen",
            "(account|identity) ... (stolen|taken over|takeover)",
            "taken over my account",
            "(data|security) (breach|leak~|incident|vulnerability)",
            "(former|ex|fired|disgruntled) (employee|colleague|admin|contractor|staff) ... (access|log~|account|still)",
            "(leaked|exposed) ... (api key~|password~|token~|credentials|data)",
            "security (hole|bug|flaw|vulnerability)",
        ),
        ignore=("hackathon~", "growth hack~", "life hack~"),
    ),
    EscalationRule(
        category="cancellation",
        severity=Severity.MEDIUM,
        second_approver=True,
        triggers=(
            "(can't|cannot|can not|unable to|won't let me|doesn't let me|not able to|impossible to|couldn't|tried to|trying to) ... cancel~",
            "cancel~ ... (doesn't work|not working|isn't working|won't work|fails|failed|error|greyed out|missing|does nothing|didn't go through|impossible|never went through)",
            "(already|had|have|i) cancel~ ... (still|again|yet|but) ... " + _CHARGED,
            "(still|keep~|continu~|again) ... " + _CHARGED + " ... (cancel~|after)",
            _CHARGED + " ... (after|despite|even though|since) ... cancel~",
            "cancel~ ... (and|but|yet) ... (still|again) ... " + _CHARGED,
            "(cancel~|stop) ... (immediately|right now|right away|at once|today|this instant)",
            "(asked|requested|told you) ... cancel~",
            "cancel everything",
            "no (cancel|cancellation) (button|option|link)",
            "(switching|moving|going|leaving) ... to (a|your|another) competitor~",
        ),
    ),
    EscalationRule(
        category=ANGRY_CUSTOMER,
        severity=Severity.MEDIUM,
        triggers=(
            "(unacceptable|outrageous|disgusting|disgusted|disgraceful|appalling|appalled|infuriat~|furious|livid|pathetic|fuming)",
            "(ridiculous|a joke|scam|scammers|scammed|ripoff|rip off|con artists|crooks|thieves|liars|robbery)",
            "(absolutely|completely|totally|utterly|so|really|beyond) (useless|terrible|awful|horrible|unbelievable|frustrated|angry|disappointed|incompetent)",
            "(worst|terrible|horrible|awful|useless|rubbish|garbage|atrocious) (service|support|company|product|experience|customer|software|app|tool)",
            "(fed up|sick of|sick and tired|had enough|last straw|losing my patience|out of patience|losing patience|lost patience)",
            "(wtf|what the hell|bloody|damn|shit~|bullshit|fuck~|crap)",
            "(third|fourth|fifth|sixth|tenth|hundredth) (time|email|message|ticket)",
            "(nobody|no one|noone) ... (answer~|repl~|respond~|help~|cares)",
            "(still|yet|weeks|days) ... no (answer|reply|response)",
            "(ignored|ignoring) ... (me|emails|messages|tickets|us|for)",
            "(waste|wasting) of (time|money)",
            "(never again|shame on you|are you kidding|you people|your incompetence|how dare)",
            "(wasted|wasting) ... (hours|days|my time|our time)",
            "(angry|mad|furious|upset) (about|at|with|that)",
        ),
        ignore=("no crap", "scam (protection|filter)"),
    ),
)
BUILT_IN_ESCALATIONS: dict[str, EscalationRule] = {rule.category: rule for rule in _BUILT_IN}
"""The categories every desk has. A desk's own file changes who must look and adds words."""
