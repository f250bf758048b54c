import type { ThemeConfig } from "antd";

const ink = "#17292b";
const soft = "#4a5b5c";

/** theme dresses antd in the colours of ui/style.css; every text colour has a contrast of 4.5 or more. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: "#0f5a61",
    colorInfo: "#0f5a61",
    colorLink: "#0f5a61",
    colorLinkHover: "#0a4147",
    colorSuccess: "#1d6240",
    colorWarning: "#8a5800",
    colorError: "#a02a23",
    colorText: ink,
    colorTextBase: ink,
    colorTextSecondary: soft,
    colorTextTertiary: "#56686a",
    colorTextQuaternary: "#5f7072",
    colorTextPlaceholder: "#5f7072",
    colorTextDescription: soft,
    colorTextDisabled: "#6a7a7b",
    colorBgContainerDisabled: "#f1f3f2",
    colorIcon: soft,
    colorBorder: "#b9c6c3",
    colorBorderSecondary: "#dde3e1",
    colorBgLayout: "#f7f8f6",
    borderRadius: 7,
    borderRadiusSM: 5,
    borderRadiusLG: 9,
    controlHeight: 38,
    controlHeightSM: 30,
    controlHeightLG: 44,
    fontSize: 15,
    fontFamily: "var(--font)",
    lineHeight: 1.6,
    wireframe: false,
    motion: !window.matchMedia?.("(prefers-reduced-motion: reduce)").matches,
    motionDurationMid: "0.15s",
    motionDurationSlow: "0.2s",
    boxShadow: "0 8px 28px rgba(16, 42, 46, 0.12)",
    boxShadowSecondary: "0 8px 28px rgba(16, 42, 46, 0.14)",
  },
  components: {
    Button: { primaryShadow: "none", defaultShadow: "none", fontWeight: 500, paddingInline: 18, contentFontSizeLG: 16 },
    Table: {
      fontSize: 14, cellPaddingBlock: 10, cellPaddingInline: 12, cellPaddingBlockSM: 7, cellPaddingInlineSM: 10,
      headerBg: "#f1f4f3", headerColor: "#3f5052", headerSplitColor: "transparent", rowHoverBg: "#f5f9f8", borderColor: "#dde3e1",
    },
    Modal: { titleFontSize: 18 },
    Tabs: { titleFontSize: 15 },
  },
};
