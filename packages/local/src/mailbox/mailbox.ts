/** Mails that the local providers send. None leaves the machine: a page shows them, and the log prints them. */
import type { Log } from '@fieldnotes/core/log'

/** A mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** A code that the person types into a page. */
  readonly code?: string
  /** An address on this machine that the person opens. */
  readonly link?: string
}

/** A mail with the time at which it was sent. */
export interface SentMail extends Mail {
  readonly sentAt: Date
}

/** The mails of all people, in memory. */
export interface Mailbox {
  readonly send: (mail: Mail) => void
  /** Newest first. */
  readonly mails: () => readonly SentMail[]
}

/** Mails that are kept, at most. */
const mailsMax = 50

/** Creates an empty mailbox. `log` gets each mail with its code and its link, for people without a browser. */
export function createMailbox(log: Log): Mailbox {
  const kept: SentMail[] = []
  return {
    send: (mail) => {
      kept.unshift({ ...mail, sentAt: new Date() })
      kept.splice(mailsMax)
      log('info', 'mail', { to: mail.to, subject: mail.subject, code: mail.code, link: mail.link })
    },
    mails: () => [...kept],
  }
}
