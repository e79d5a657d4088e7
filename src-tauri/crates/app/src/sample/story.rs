//! The story of the sample team, a line for each thing that somebody did.
//!
//! 1. `## 40` begins what happens in Sprint 40; a line begins with the working day of the Sprint and the time.
//! 2. Items are named by their keys; a line that lies after *now* did not happen yet.

/// Who is in the team: name, hours a day, days of the week with Monday as bit 0, and the Sprint in which they came.
pub(super) const MEMBERS: &[(&str, &str, Option<u8>, u32)] = &[
    ("Ana", "6", None, 40),
    ("Bo", "6", None, 40),
    ("Chidi", "6", Some(0b000_1111), 40),
    ("Dana", "6", None, 40),
    ("Emil", "5", None, 42),
];

/// What the team runs, and what people should know of it.
pub(super) const SERVICES: &[(&str, &str)] = &[
    ("checkout", "What a merchant's customer pays with."),
    ("payouts", "Sends merchants their money, each working day before seven."),
    ("ledger", "Books every payment twice."),
    ("support desk", "Where support looks a payment up."),
];

/// The Definition of Done.
pub(super) const DEFINITION_OF_DONE: &[&str] = &[
    "Reviewed by somebody who did not write it",
    "Automated tests show that it works, and that it fails where it should",
    "Runs in production behind a switch, or for all",
    "An alert and a page of the run book exist for what can break",
    "Support has read what changes for merchants",
];

/// The Definition of Ready.
pub(super) const DEFINITION_OF_READY: &[&str] = &[
    "Everybody knows for whom it is and why",
    "Small enough to be done within a Sprint",
    "What has to come first is known",
];

/// How many items are in the Product Backlog on the first day; the others come with the story.
pub(super) const AT_FIRST: usize = 30;

/// What happened.
pub(super) const STORY: &str = "
## 40
1 09:00 plan 40 Merchants collect by direct debit without asking their customers twice.
1 09:20 select 40 sepa receipt refundpart doublecharge certs ledgeridx roundyen
1 10:30 start
1 13:40 begin doublecharge
1 14:05 begin sepa
2 10:10 own Bo doublecharge
2 10:11 own Ana sepa
2 15:25 done doublecharge
2 16:05 note oncallbook
2 16:20 note longname
3 09:35 begin receipt
3 12:12 incident down Chidi P1 checkout: answers 500 since 12:05
3 12:18 report down40 P1 Chidi Checkout answers 500
3 12:19 hours down down40
3 12:20 become down40 outage40
3 12:24 begin outage40
3 12:31 noted down Bo Operations The last release opened a connection for each request; the pool is empty.
3 12:58 noted down Chidi Commander We roll back.
3 13:10 reached down mitigated
3 16:50 done outage40
3 16:50 reached down resolved
3 16:51 spend down40 Chidi 255
3 16:52 spend down40 Bo 135
3 16:53 over down40
3 17:05 size 3 receipt
4 11:30 begin certs
4 16:10 done certs
5 09:50 new mandatepdf discovered
5 14:45 done receipt
6 10:20 begin ledgeridx
6 10:40 note giftcards
6 10:45 note invoices
6 11:10 report audit P3 Dana The auditors are in the house and ask for a log
6 11:15 become audit auditfile
6 11:20 begin auditfile
6 16:50 spend audit Dana 270
7 10:05 done auditfile
7 10:06 spend audit Dana 45
7 10:07 over audit
7 15:30 review sepa
7 16:20 done ledgeridx
8 10:40 note cardupdate
8 11:10 done sepa
8 13:15 begin mandatepdf
9 09:45 begin roundyen
9 11:30 done roundyen
9 15:50 done mandatepdf
9 16:10 begin refundpart
10 15:30 plan 41 Customers pay with a wallet, and whoever is on call sleeps through batches.
10 16:00 close met The first forty merchants collect since Thursday. | refundpart=41
## 41
1 09:10 select 41 wallet alerts webhooks deadletters feb29
1 10:40 start
1 14:00 begin wallet
2 09:16 incident refused Bo P2 checkout: payments are refused, now and then since 8:50
2 09:20 report refuses P2 Bo Payments are refused, now and then
2 09:21 hours refused refuses
2 09:25 become refuses acquirerdown
2 09:30 begin acquirerdown
2 10:02 reached refused mitigated
2 11:05 done acquirerdown
2 11:05 reached refused resolved
2 11:06 spend refuses Bo 95
2 11:07 over refuses
5 13:04 incident key Chidi P2 checkout: no receipt is signed
5 13:10 report signing P2 Chidi The signing key of the receipts has run out
5 13:11 hours key signing
5 14:26 reached key mitigated
5 16:40 spend signing Chidi 210
5 16:40 reached key resolved
5 16:41 over signing
2 11:40 note ledgerarchive
2 13:30 review refundpart
3 10:15 done refundpart
3 14:20 begin alerts
4 09:40 note faketime
4 11:45 add csvamp scopeCreep
4 16:30 done alerts
5 10:05 begin webhooks
5 14:30 begin csvamp
6 11:20 done csvamp
6 15:15 review wallet
7 10:30 done wallet
7 13:50 begin feb29
7 14:10 note kyc
7 14:15 note darkmode
7 16:45 done feb29
8 10:10 begin deadletters
8 15:40 review webhooks
9 11:25 done webhooks
9 15:00 plan 42 Marketplaces pay their sellers with the payment itself.
9 16:00 close partly Wallets are live; dead letters still need a developer to replay them. | deadletters=backlog
## 42
1 09:15 select 42 splitpay retrybudget threeds slowqueries backups deadletters pending
1 10:45 start
1 13:20 begin splitpay
1 14:10 begin slowqueries
2 10:30 own Dana splitpay
2 15:40 done slowqueries
2 11:12 incident retries Bo P2 checkout: the card network rejects every third retry since 9:30
2 11:15 report rejects P2 Bo Card network rejects every third retry
2 11:16 hours retries rejects
2 14:45 reached retries mitigated
2 17:10 spend rejects Bo 300
3 09:14 incident events Dana P2 ledger: merchants get each event twice since 7:40
3 09:20 report twice P2 Dana Merchants get each event twice
3 09:21 hours events twice
3 12:30 reached events mitigated
3 09:25 become twice dupwebhook
3 09:30 begin dupwebhook
3 16:05 spend rejects Bo 240
3 16:10 over rejects
3 16:10 reached retries resolved
3 16:12 cause rejects legacyapi
3 17:05 spend twice Dana 360
3 10:55 away 42.6 42.6 Dana whole Flu
3 11:00 note vacuum
3 11:05 note tracing
3 16:15 begin threeds
4 08:52 incident stuck Ana P1 payouts: nothing leaves for the bank since 6:30
4 08:58 role stuck Ana Commander
4 08:59 role stuck Dana Communications
4 09:05 report payouts P1 Ana Payouts of Thursday are stuck at the bank
4 09:06 hours stuck payouts
4 09:20 noted stuck Dana Communications Merchants are told that their money comes a day later.
4 11:10 noted stuck Ana Commander The bank has changed its certificate; we wait for theirs.
4 10:50 begin backups
4 11:30 report sandboxcert P4 Chidi The sandbox's certificate has expired
4 12:50 spend sandboxcert Chidi 75
4 12:51 over sandboxcert
4 15:35 done dupwebhook
4 15:36 over twice
4 15:36 reached events resolved
4 17:30 spend payouts Ana 420
5 08:40 reached stuck mitigated
5 09:45 spend payouts Ana 240
5 09:50 over payouts
5 09:50 reached stuck resolved
5 10:20 swap pending The stuck payouts took what was kept; nobody outside waits for this one.
5 10:40 note limiter
5 15:10 review deadletters
6 11:40 done threeds
6 14:30 done backups
7 10:05 reopen threeds
7 11:30 begin retrybudget
7 16:00 done deadletters
8 10:15 add disputezone pulledIn
8 10:20 begin disputezone
8 13:30 note fraud
8 13:40 note fxrates
8 14:50 done threeds
9 09:30 done disputezone
9 11:00 review splitpay
9 15:45 done splitpay
10 11:20 done retrybudget
10 15:30 plan 43 Customers can pay by instant transfer, and card retries no longer page us at night.
10 16:00 close met Three marketplaces settle by payment; the nightly file is gone. |
## 43
1 09:10 select 43 payee tenseconds limits pool ageboard stuckrefund statements
1 10:20 start
1 11:05 oncall 43.6 43.10 Dana
1 13:15 begin pool
1 14:30 begin payee
1 14:40 own Emil payee
1 14:41 own Chidi pool
2 09:42 incident login Bo P3 support desk: nobody can log in since the weekend
2 09:50 report slowlogin P3 Bo Support cannot log in since the weekend
2 09:51 hours login slowlogin
2 10:30 spend slowlogin Bo 45
2 10:31 over slowlogin
2 10:31 reached login mitigated
2 10:32 reached login resolved
2 10:35 away 43.8 44.2 Bo whole Autumn holiday
2 10:40 block payee The bank's test system answers nothing since Monday.
2 16:35 done pool
2 16:50 note multicurrency
2 16:55 note emptysearch
3 09:15 unblock payee
3 09:20 away 43.5 43.5 Emil half Dentist
3 09:50 begin ageboard
3 11:10 rate cardupdate 8 5 2
3 11:12 rate savedpayees 8 3 1
3 11:14 rate giftcards 5 2 1
3 11:16 rate invoices 8 2 1
3 11:18 rate kyc 5 8 5
3 11:20 rate region 3 8 13
3 11:22 rate limiter 3 3 5
3 11:24 rate legacyapi 2 3 8
3 11:26 rate darkmode 2 1 1
3 11:40 label checkout cardupdate savedpayees giftcards emptysearch
3 11:41 label compliance kyc auditfile
3 11:42 part multicurrency fxrates
3 11:44 need giftcards multicurrency
3 11:45 need savedpayees cardupdate
3 11:46 attach kyc https://wiki.example/kyc What the regulator asks
3 11:50 ready cardupdate limiter region
3 11:52 hold savedpayees Nobody has drawn the empty list yet.
3 13:30 plan 44 Paying again takes two taps, and the ledger survives the loss of a region.
3 13:40 select 44 cardupdate limiter region savedpayees
3 13:45 oncall 44.1 44.5 Chidi
3 13:50 away 44.7 44.7 Ana whole Wedding
3 15:20 done ageboard
3 16:05 begin limits
3 16:30 incident stale - P4 ledger: the daily report is an hour late
4 09:58 incident waits Chidi P1 checkout: waits for the settlement queue since 9:40
4 10:02 role waits Chidi Commander
4 10:03 role waits Ana Communications
4 10:10 report intake P1 Chidi Checkout waits for the settlement queue
4 10:11 hours waits intake
4 10:15 become intake queuefull
4 10:16 cause intake limiter
4 10:20 begin queuefull
4 10:24 incident cards - P2 checkout: cards are refused
4 10:31 twice cards waits
4 10:40 noted waits Chidi Commander The queue holds 41,000 messages; one poisoned message blocks it.
4 10:55 noted waits Ana Communications The status page says so.
4 11:18 noted waits Chidi Operations The message is moved aside.
4 11:26 reached waits mitigated
4 13:00 spend intake Chidi 150
4 17:25 done queuefull
4 17:25 reached waits resolved
4 17:26 spend intake Chidi 225
4 17:27 over intake
5 09:10 report staging P4 Emil The staging data is a month old
5 09:11 expect staging 2
5 09:40 incident found Emil P3 support desk: a payment is not found by its reference since 8:15
5 10:50 new payeecase discovered
5 11:10 new mail backlog
5 14:05 size 8 tenseconds
5 16:20 done limits
6 09:40 begin stuckrefund
6 10:30 new status backlog
6 14:50 review payee
6 15:05 reached found mitigated
6 15:20 incident double - P2 ledger: two bookings of one refund since 14:50
6 16:15 done payee
6 16:40 reached found resolved
7 10:25 reopen payee
7 11:40 begin tenseconds
7 13:35 return statements
7 15:55 done payee
7 16:45 incident mails - P3 payouts: the mail that money is on its way comes late
8 10:05 done stuckrefund
8 11:20 begin payeecase
8 14:15 new latefee interrupt
8 14:20 begin latefee
8 15:30 add emptysearch pulledIn
9 10:10 done payeecase
9 11:45 done latefee
9 13:25 begin emptysearch
9 16:05 done emptysearch
10 11:15 review tenseconds
10 14:40 done tenseconds
";
