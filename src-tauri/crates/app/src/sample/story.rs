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
1 10:40 promise checkout sprint 99 Customers can pay
1 10:42 promise checkout hours 96.5 Merchants' contract
1 10:44 promise payouts rolling 97 Payouts leave in time
1 10:46 promise ledger rolling 99.5 The books are open
1 10:48 group checkout payouts What merchants notice
1 13:40 begin doublecharge
1 14:05 begin sepa
2 10:10 own Bo doublecharge
2 10:11 own Ana sepa
2 15:25 done doublecharge
2 16:05 note oncallbook
2 16:20 note longname
2 16:30 deploy c20 checkout 2.9.1 20 doublecharge
3 09:35 begin receipt
3 12:12 incident down Chidi P1 checkout: Answers 500 since 12:05
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
3 16:55 outage checkout full 40.3@12:05 40.3@13:10 down The database's pool of connections was empty
3 17:05 size 3 receipt
4 11:30 begin certs
4 16:10 done certs
4 16:40 deploy l10 ledger 1.30 5 certs
5 09:50 new mandatepdf discovered
5 14:45 done receipt
6 09:15 deploy c21 checkout 2.10.0 26,22 receipt
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
8 10:00 deploy l11 ledger 1.31 18 ledgeridx
8 10:40 note cardupdate
8 11:10 done sepa
8 13:15 begin mandatepdf
8 14:00 deploy p10 payouts 5.1 120,50,3 sepa
9 09:45 begin roundyen
9 11:30 done roundyen
9 15:50 done mandatepdf
9 16:10 begin refundpart
10 10:15 deploy p11 payouts 5.2 20,19 mandatepdf roundyen
10 15:30 plan 41 Customers pay with a wallet, and whoever is on call sleeps through batches.
10 16:00 close met The first forty merchants collect since Thursday. | refundpart=41
## 41
1 09:10 select 41 wallet alerts webhooks deadletters feb29
1 10:40 start
1 14:00 begin wallet
2 09:00 deploy c22 checkout 2.11.0 20,18
2 09:16 incident refused Bo P2 checkout: Payments are refused, now and then since 8:50
2 09:20 report refuses P2 Bo Payments are refused, now and then
2 09:21 hours refused refuses
2 09:25 become refuses acquirerdown
2 09:30 begin acquirerdown
2 10:02 reached refused mitigated
2 11:05 done acquirerdown
2 11:05 reached refused resolved
2 11:06 spend refuses Bo 95
2 11:07 over refuses
2 11:08 fix c23 c22 2.11.1 1 acquirerdown
2 11:10 outage checkout partial 41.2@08:50 41.2@10:02 refused The acquirer refused every second payment
4 10:00 deploy p12 payouts 5.3 70,20 refundpart
5 09:30 deploy s10 support 0.8 40 alerts
5 13:04 incident key Chidi P2 checkout: No receipt is signed
5 13:10 report signing P2 Chidi The signing key of the receipts has run out
5 13:11 hours key signing
5 14:26 reached key mitigated
5 16:40 spend signing Chidi 210
5 16:40 reached key resolved
5 16:41 over signing
5 16:45 outage checkout degraded 41.5@12:50 41.5@14:26 key Receipts were not signed
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
6 15:00 deploy p13 payouts 5.4 30 csvamp
6 15:15 review wallet
7 10:30 done wallet
7 13:50 begin feb29
7 14:10 note kyc
7 14:15 note darkmode
7 16:45 done feb29
8 09:30 deploy c24 checkout 2.12.0 90,60,12 wallet feb29
8 10:10 begin deadletters
8 15:40 review webhooks
9 11:25 done webhooks
9 11:40 deploy l12 ledger 1.32 45 webhooks
9 15:00 plan 42 Marketplaces pay their sellers with the payment itself.
9 16:00 close partly Wallets are live; dead letters still need a developer to replay them. | deadletters=backlog
## 42
1 09:15 select 42 splitpay retrybudget threeds slowqueries backups deadletters pending
1 10:45 start
1 13:20 begin splitpay
1 14:10 begin slowqueries
1 16:40 deploy c25 checkout 2.13.0 55,30
2 10:30 own Dana splitpay
2 11:12 incident retries Bo P2 checkout: The card network rejects every third retry since 9:30
2 11:15 report rejects P2 Bo Card network rejects every third retry
2 11:16 hours retries rejects
2 14:30 back c26 c25 2.12.0
2 14:45 reached retries mitigated
2 14:50 broke c25 retries
2 15:40 done slowqueries
2 15:50 deploy l13 ledger 1.33 26 slowqueries
2 17:10 spend rejects Bo 300
3 09:14 incident events Dana P2 ledger: Merchants get each event twice since 7:40
3 09:20 report twice P2 Dana Merchants get each event twice
3 09:21 hours events twice
3 12:20 fix l14 l13 1.33.1 2
3 12:30 reached events mitigated
3 12:40 broke l13 events
3 09:25 become twice dupwebhook
3 09:30 begin dupwebhook
3 16:05 spend rejects Bo 240
3 16:10 over rejects
3 16:10 reached retries resolved
3 16:12 cause rejects legacyapi
3 16:14 outage checkout partial 42.2@09:30 42.2@14:45 retries The card network rejected every third retry
3 17:05 spend twice Dana 360
3 10:55 away 42.6 42.6 Dana whole Flu
3 11:00 note vacuum
3 11:05 note tracing
3 16:15 begin threeds
4 08:52 incident stuck Ana P1 payouts: Nothing leaves for the bank since 6:30
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
4 15:40 outage ledger degraded 42.3@07:40 42.3@12:30 events Each event was sent twice
4 17:30 spend payouts Ana 420
5 08:40 reached stuck mitigated
5 09:30 deploy l15 ledger 1.34 30,4 dupwebhook
5 09:45 spend payouts Ana 240
5 09:50 over payouts
5 09:50 reached stuck resolved
5 09:55 outage payouts partial 42.4@06:30 42.5@08:40 stuck The bank's certificate had changed
5 10:20 swap pending The stuck payouts took what was kept; nobody outside waits for this one.
5 10:40 note limiter
5 15:10 review deadletters
6 11:40 done threeds
6 14:30 done backups
7 09:40 deploy c27 checkout 2.13.1 60,40,8 threeds
7 10:05 reopen threeds
7 11:30 begin retrybudget
7 16:00 done deadletters
7 16:40 deploy p14 payouts 5.5 50,31 backups deadletters
8 10:15 add disputezone pulledIn
8 10:20 begin disputezone
8 13:30 note fraud
8 13:40 note fxrates
8 14:50 done threeds
8 16:00 deploy c28 checkout 2.13.2 5 threeds
9 09:30 done disputezone
9 11:00 review splitpay
9 15:45 done splitpay
10 09:20 deploy p15 payouts 5.6 26,20,14 splitpay disputezone
10 11:20 done retrybudget
10 15:30 plan 43 Customers can pay by instant transfer, and card retries no longer page us at night.
10 16:00 close met Three marketplaces settle by payment; the nightly file is gone. |
## 43
1 09:10 select 43 payee tenseconds limits pool ageboard stuckrefund statements
1 10:20 start
1 11:04 shifts 40 Chidi Bo Ana Dana Ana Bo
1 11:05 rotation Primary 43.1 Emil Dana Chidi Ana Bo
1 11:06 rotation Secondary 43.1 Bo Ana Emil Dana Chidi
1 13:15 begin pool
1 14:30 begin payee
1 14:40 own Emil payee
1 14:41 own Chidi pool
1 15:40 deploy c29 checkout 2.13.3 30 retrybudget
2 09:15 daily begin
2 09:26 daily end
2 09:42 incident login Bo P3 support desk: Nobody can log in since the weekend
2 09:50 report slowlogin P3 Bo Support cannot log in since the weekend
2 09:51 hours login slowlogin
2 10:30 spend slowlogin Bo 45
2 10:31 over slowlogin
2 10:31 reached login mitigated
2 10:32 reached login resolved
2 10:33 outage support full 43.1@00:00 43.2@10:31 login The login service had lost its key
2 10:35 away 43.8 44.2 Bo whole Autumn holiday
2 10:40 block payee The bank's test system answers nothing since Monday.
2 11:20 freeze 43.10 43.10 The banks close their books
2 16:35 done pool
2 16:50 note multicurrency
2 16:55 note emptysearch
3 09:02 daily begin
3 09:06 said decision Emil payee Emil calls the bank's test desk before ten.
3 09:13 daily end
3 09:15 unblock payee
3 09:30 upkeep ledger 43.5@22:00 43.5@23:30 A new index, announced on the status page
3 09:20 away 43.5 43.5 Emil half Dentist
3 09:50 begin ageboard
3 09:51 own Dana ageboard
3 10:10 deploy l16 ledger 1.35 40,22 pool
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
3 13:50 away 44.7 44.7 Ana whole Wedding
3 15:20 done ageboard
3 16:05 begin limits
3 16:06 own Bo limits
3 16:30 incident stale - P4 ledger: The daily report is an hour late
3 16:40 block limits The scheme's notice with the new limits has not come.
4 09:15 daily begin
4 09:15 gate checkout 2.14.0
4 09:19 said note - limits Chidi knows somebody at the scheme.
4 09:20 deploy c30 checkout 2.14.0 44,21,16
4 09:27 daily end
4 09:58 incident waits Chidi P1 checkout: Waits for the settlement queue since 9:40
4 10:02 role waits Chidi Commander
4 10:03 role waits Ana Communications
4 10:10 report intake P1 Chidi Checkout waits for the settlement queue
4 10:11 hours waits intake
4 10:15 become intake queuefull
4 10:16 cause intake limiter
4 10:20 begin queuefull
4 10:24 incident cards - P2 checkout: Cards are refused
4 10:31 twice cards waits
4 10:40 noted waits Chidi Commander The queue holds 41,000 messages; one poisoned message blocks it.
4 10:55 noted waits Ana Communications The status page says so.
4 11:18 noted waits Chidi Operations The message is moved aside.
4 11:24 back c31 c30 2.13.3
4 11:26 reached waits mitigated
4 13:00 spend intake Chidi 150
4 16:30 deploy s11 support 0.9 28,5 ageboard
4 17:25 done queuefull
4 17:25 reached waits resolved
4 17:26 spend intake Chidi 225
4 17:27 over intake
4 17:30 outage checkout full 43.4@09:40 43.4@11:26 waits A poisoned message blocked the settlement queue
4 17:35 unwatched support 43.3@01:00 43.3@05:30 The probe was moved to another machine
4 17:06 watch Look at the settlement queue each morning; a poisoned message blocks it.
5 09:10 report staging P4 Emil The staging data is a month old
5 09:11 expect staging 2
5 09:15 daily begin
5 09:20 said decision - limits The Product Owner asks the scheme today; until then limits are read from a file.
5 09:20 gate ledger 1.36
5 09:24 said note Ana - Thanks for the status page on Thursday: support had no calls.
5 09:30 deploy c32 checkout 2.14.1 18,2 queuefull
5 09:31 daily end
5 09:40 incident found Emil P3 support desk: A payment is not found by its reference since 8:15
5 10:50 new payeecase discovered
5 11:10 new mail backlog
5 14:05 size 8 tenseconds
5 15:10 unblock limits
5 16:20 done limits
6 09:15 daily begin
6 09:20 deploy l17 ledger 1.36 20,19
6 09:23 said decision Bo - Bo hands the limits over before the holiday.
6 09:29 daily end
6 09:40 begin stuckrefund
6 09:41 own Ana stuckrefund
6 10:05 block stuckrefund The acquirer does not say what a second answer means.
6 10:30 new status backlog
6 14:50 review payee
6 15:05 reached found mitigated
6 15:20 incident double - P2 ledger: Two bookings of one refund since 14:50
6 15:40 deploy c33 checkout 2.15.0 60,41,17 limits
6 16:15 done payee
6 16:40 reached found resolved
7 09:15 daily begin
7 09:18 said decision Ana stuckrefund Ana and the acquirer look at one case together at two.
7 09:25 said note Dana - The queue alert is too late by ten minutes.
7 09:28 daily end
7 09:25 taken double Dana
7 10:25 reopen payee
7 11:40 begin tenseconds
7 11:41 own Emil tenseconds
7 13:35 return statements
7 15:55 done payee
7 16:30 deploy c34 checkout 2.16.0 50,28 payee
7 16:45 incident mails - P3 payouts: The mail that money is on its way comes late
8 09:15 daily begin
8 09:21 said decision - - Nobody begins anything new before ten seconds is done.
8 09:30 daily end
8 09:50 unblock stuckrefund
8 10:05 done stuckrefund
8 10:30 deploy l18 ledger 1.37 47,20 stuckrefund
8 11:20 begin payeecase
8 11:21 own Dana payeecase
8 14:15 new latefee interrupt
8 14:20 begin latefee
8 14:21 own Chidi latefee
8 15:30 add emptysearch pulledIn
8 17:05 watch The scheme’s notice with the new limits is due: payouts may be refused until it is in.
9 09:15 daily begin
9 09:27 daily end
9 10:10 done payeecase
9 11:45 done latefee
9 13:25 begin emptysearch
9 13:26 own Ana emptysearch
9 15:00 block tenseconds The bank's new certificate is not there.
9 16:05 done emptysearch
9 16:30 deploy p16 payouts 5.7 9 latefee
10 09:15 daily begin
10 09:24 said decision - tenseconds Without the certificate it is shown with the test bank.
10 09:29 daily end
10 11:00 unblock tenseconds
10 11:15 review tenseconds
10 14:40 done tenseconds
";
