package io.headcount.config;

/**
 * Bounds on one document; meanings and defaults stand in {@code config/gateway.conf}.
 *
 * @param maxDepth elements within each other
 * @param maxTagBytes bytes between two parser events: the longest tag, comment or attribute
 * @param maxAttributes attributes of one element, declarations of namespaces among them
 * @param maxTextChars characters of one element's text
 * @param maxUnknownNames different names in one document that the protocol does not know
 * @param maxEvents parser events of one document
 * @param maxObjects Object elements of one post
 * @param maxRows rows of one post
 */
public record XmlConfig(
        int maxDepth,
        int maxTagBytes,
        int maxAttributes,
        int maxTextChars,
        int maxUnknownNames,
        int maxEvents,
        int maxObjects,
        int maxRows) {
    /** Checks every setting. */
    public XmlConfig {
        InvalidSetting.inRange("xml.max-depth", maxDepth, 5, 64);
        InvalidSetting.inRange("xml.max-tag", maxTagBytes, 1024, 16_384);
        InvalidSetting.inRange("xml.max-attributes", maxAttributes, 16, 256);
        InvalidSetting.inRange("xml.max-text", maxTextChars, 128, 16_384);
        InvalidSetting.inRange("xml.max-unknown-names", maxUnknownNames, 16, 1024);
        InvalidSetting.inRange("xml.max-events", maxEvents, 100, 10_000_000);
        InvalidSetting.inRange("xml.max-objects", maxObjects, 1, 1_000_000);
        InvalidSetting.inRange("xml.max-rows", maxRows, 1, 1_000_000);
    }
}
