import Testing

@testable import TextFormats

/// A mail comes to what its reader would read, however a program wrote it.
@Suite struct MailMessageTests {
  /// Latin-1 stands for every character set but UTF-8.
  private static func mail(_ text: String) -> MailMessage {
    MailMessage(Array(text.utf8)) { bytes, charset in
      charset == "utf-8"
        ? String(decoding: bytes, as: UTF8.self)
        : String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init)))
    }
  }

  static let texts: [(name: String, mail: String, text: String)] = [
    ("plain", "Subject: x\n\nOne\n\n  two  words\n", "One\ntwo words"),
    ("CRLF", "Subject: x\r\n\r\nOne\r\ntwo\r\n", "One\ntwo"),
    ("no headers", "Disk full: /home\nsecond line\n", "Disk full: /home\nsecond line"),
    ("no headers, and a colon in the first line", "Warning: disk full\n\nAct now\n", "Warning: disk full\nAct now"),
    ("headers only", "Subject: x\n", ""),
    ("a mailbox", "From root Mon Nov 30\nSubject: x\n\nText\n", "Text"),
    ("a lone dot", "Subject: x\n\nOne\n.\ntwo\n", "One\n.\ntwo"),
    ("a signature", "Subject: x\n\nText\n-- \nAda\n", "Text"),
    ("flowed", "Subject: x\nContent-Type: text/plain; format=flowed\n\nOne \ntwo\nthree\n", "One two\nthree"),
    (
      "quoted-printable",
      "Subject: x\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=UTF-8\n\nGr=C3=BC=\n=C3=9Fe =3D 1=2\n",
      "Grüße = 1=2"
    ),
    (
      "base64",
      "Subject: x\nContent-Transfer-Encoding: BASE64\nContent-Type: text/plain; charset=\"iso-8859-1\"\n\nR3L8\n3+Uh\n",
      "Grüßå!"
    ),
    (
      "HTML",
      "Subject: x\nContent-Type: text/html\n\n<head><title>T</title></head><style>p{}</style><p>A &amp; B&#33; <b>C</b><br>D<!-- x > y --><ul><li>e<li>f</ul>1 < 2 &nope; <script>x</script>g",
      "A & B! C\nD\n- e\n- f\n1 < 2 &nope; g"
    ),
    (
      "the plain one of two forms, within another, with an attachment",
      """
      Subject: x
      Content-Type: multipart/mixed; boundary="a b"

      Not for you.
      --a b
      Content-Type: multipart/alternative; boundary=in

      --in
      Content-Type: text/html

      <p>HTML
      --in
      Content-Type: text/plain

      Plain
      --in--
      --a b
      Content-Type: text/plain
      Content-Disposition: attachment; filename=log.txt

      Log
      --a b
      Content-Type: image/png
      Content-Transfer-Encoding: base64

      iVBORw0KGgo=
      --a b--
      Nor this.
      """, "Plain"
    ),
    (
      "a part without its end", "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nOne\n--b\n\nTwo\n",
      "One\nTwo"
    ),
    ("parts without boundaries", "Subject: x\nContent-Type: multipart/mixed\n\nText\n", "Text"),
    (
      "only HTML of two forms",
      "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>H\n--b--\n",
      "H"
    ),
    ("controls", "Subject: x\n\nA\u{1B}[31mB\u{0}C\u{200B}\u{202E}D\n", "A[31mBCD"),
  ]

  @Test("The text of a mail", arguments: texts.indices)
  func text(index: Int) {
    let (name, mail, text) = Self.texts[index]
    #expect(Self.mail(mail).text == text, "\(name)")
  }

  @Test(
    "The subject of a mail",
    arguments: [
      ("Subject: Disk\n  full\n\n", "Disk full"), ("SUBJECT:x\n\n", "x"), ("To: a\n\n", nil), ("Subject: \n\n", nil),
      ("Subject: =?utf-8?B?R3LDvA==?= =?UTF-8?Q?=C3=9Fe_x?= y\n\n", "Grüße x y"),
      // A character torn apart.
      ("Subject: =?utf-8?Q?=C3?=\n =?utf-8?Q?=BC?=\n\n", "ü"),
      ("Subject: =?iso-8859-1*de?q?=FC?= =?nope?= =?utf-8?X?a?= =? \n\n", "ü =?nope?= =?utf-8?X?a?= =?"),
      ("Subject: a\rBcc: +15550100009\u{7}b\n\n", "a Bcc: +15550100009b"),
    ] as [(String, String?)])
  func subject(mail: String, subject: String?) {
    #expect(Self.mail(mail).subject == subject)
  }

  @Test(
    "The addresses of a mail",
    arguments: [
      ("To: root\n\n", ["root"]),
      (
        "To: +49 (30) 123456, +15550100001 (cell), (555) 010-0001 (home)\n\n",
        ["+49 (30) 123456", "+15550100001", "010-0001"]
      ),
      (
        "To: \"Doe, Jane\" <jane@example.com>, <+15550100001@sms> (cell, at work)\nCc: a@b,\n c@d\nBcc: e\n\n",
        ["jane@example.com", "+15550100001@sms", "a@b", "c@d", "e"]
      ),
      ("To: admins: a@b, c@d;, undisclosed-recipients:;\n\n", ["a@b", "c@d"]),
      ("To: \"\\\"<x@y>\\\"\" <a@b> junk, ((((, \n\n", ["a@b"]),
      ("Resent-To: a@b\nSubject: x\n\nTo: c@d\n", []),
    ])
  func recipients(mail: String, recipients: [String]) {
    #expect(Self.mail(mail).recipients == recipients)
  }

  @Test("Hostile mails are read to their end in one pass, and none brings the program down")
  func hostile() {
    let many = 50_000
    let nested = (0..<5_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
    let mails = [
      nested, String(repeating: "<", count: many), String(repeating: "&#", count: many),
      "Subject: " + String(repeating: "=?", count: many), "Subject: x" + String(repeating: "\n y", count: many),
      "To: " + String(repeating: "(", count: many), "To: " + String(repeating: "a,", count: many),
      "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\n", count: many),
      "Content-Type: text/html\n\n" + String(repeating: "<script>", count: many),
      "Content-Type: text/html\n\n" + String(repeating: "<a", count: many),
      String(repeating: "x: y\n", count: many), "Content-Type: ;=;\"\n\n\u{0}", "\n", "",
    ]
    for text in mails {
      let mail = Self.mail("Date: x\n" + text)
      _ = (mail.subject, mail.text, mail.recipients, mail.messageID)
      #expect(mail.recipients.count <= 1000)
    }
    #expect(Self.mail("").text.isEmpty)
  }
}
