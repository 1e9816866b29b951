"""Mail that is fetched by IMAP: the fourth way in, for inboxes whose mail server can hand nothing on.

`wire` speaks the protocol, `session` knows what we want of it, `reading` takes what is new, `leases` see to it that each mailbox has one reader,
`fetcher` runs in every worker. Why no library: aioimaplib is under the GPL; IMAPClient and imaplib block (a thread for each mailbox that
waits in IDLE), bound neither the time of a command nor what a server says, and cannot connect to an address that was looked at before.
"""
