import { Body, Button, Container, Head, Heading, Hr, Html, Img, Link, Preview, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import type { MailScene } from "./scene";

/** The light colours of every shop, written out: a mail client knows no variables and no style sheet of ours. What is the brand's comes with the scene. */
const ink = { page: "#faf8f4", card: "#ffffff", text: "#1b1a17", muted: "#615c52", border: "#e3ded3", amber: "#ffc646", sunken: "#f1eee7" };
const FONTS = '-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

const looks = {
  body: { margin: 0, padding: "24px 0", backgroundColor: ink.page, color: ink.text, fontFamily: FONTS },
  card: { maxWidth: 560, margin: "0 auto", backgroundColor: ink.card, border: `1px solid ${ink.border}`, borderRadius: 20, overflow: "hidden" },
  head: { padding: "18px 28px" },
  logo: { display: "inline-block", height: 28, width: "auto", marginRight: 10, borderRadius: 6, backgroundColor: ink.card, verticalAlign: "middle" },
  coin: { display: "inline-block", width: 14, height: 14, marginRight: 10, borderRadius: 14, backgroundColor: ink.amber, verticalAlign: "-1px" },
  brand: { margin: 0, fontSize: 16, lineHeight: "24px", fontWeight: 600 },
  main: { padding: "24px 28px 28px" },
  title: { margin: "0 0 12px", fontSize: 22, lineHeight: "30px", fontWeight: 600, color: ink.text },
  text: { margin: "0 0 14px", fontSize: 15, lineHeight: "24px", color: ink.text },
  small: { margin: "0 0 8px", fontSize: 13, lineHeight: "20px", color: ink.muted },
  link: { wordBreak: "break-all" },
  button: { display: "inline-block", padding: "12px 24px", borderRadius: 999, fontSize: 16, lineHeight: "24px", fontWeight: 600, textDecoration: "none" },
  figure: { margin: "4px 0 18px", padding: "14px 18px", borderRadius: 14, backgroundColor: ink.sunken, fontSize: 28, lineHeight: "38px", fontWeight: 600, color: "#8a5200" },
  foot: { maxWidth: 560, margin: "0 auto", padding: "16px 28px" },
  rule: { margin: "20px 0 16px", borderColor: ink.border },
} as const;

/** A message in the shop's frame: its name above, who it is from and how to have fewer of them below. */
export function MailFrame({ scene, preview, title, fewer = false, children }: { scene: MailScene; preview: string; title: string; /** It is one that people may switch off. */ fewer?: boolean; children: ReactNode }) {
  const { say, shopName } = scene;
  return (
    <Html lang={scene.locale}>
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{title}</title>
      </Head>
      <Preview>{preview}</Preview>
      <Body style={looks.body}>
        <Container style={looks.card}>
          <Section style={{ ...looks.head, backgroundColor: scene.ink.hero, color: scene.ink.onHero }}>
            <Text style={{ ...looks.brand, color: scene.ink.onHero }}>{scene.logo ? <Img src={scene.logo} alt="" height={28} style={looks.logo} /> : <span style={looks.coin} />}{shopName}</Text>
          </Section>
          <Section style={looks.main}>
            <Heading as="h1" style={looks.title}>{title}</Heading>
            {children}
          </Section>
        </Container>
        <Container style={looks.foot}>
          <Text style={looks.small}>{say("why", { shop: shopName })}</Text>
          {fewer && <Text style={looks.small}><Link href={scene.link(SETTINGS_PATH)} style={{ ...looks.link, color: scene.ink.primary }}>{say("choose")}</Link></Text>}
        </Container>
      </Body>
    </Html>
  );
}

/** Where people choose what they are told. */
export const SETTINGS_PATH = "/notifications/settings";

export const Line = ({ children }: { children: ReactNode }) => <Text style={looks.text}>{children}</Text>;

export const Small = ({ children }: { children: ReactNode }) => <><Hr style={looks.rule} /><Text style={looks.small}>{children}</Text></>;

/** The one number that the message is about. */
export const Figure = ({ children }: { children: ReactNode }) => <Text style={looks.figure}>{children}</Text>;

/** The way on, and for who reads without buttons the same address in letters. */
export function Way({ scene, path, label }: { scene: MailScene; path: string; label: string }) {
  const href = scene.link(path);
  return (
    <>
      <Section style={{ margin: "6px 0 18px" }}><Button href={href} style={{ ...looks.button, backgroundColor: scene.ink.primary, color: scene.ink.onPrimary }}>{label}</Button></Section>
      <Text style={{ ...looks.small, margin: 0 }} data-skip-in-text="true">{scene.say("paste")}</Text>
      <Text style={looks.small} data-skip-in-text="true"><Link href={href} style={{ ...looks.link, color: scene.ink.primary }}>{href}</Link></Text>
    </>
  );
}
