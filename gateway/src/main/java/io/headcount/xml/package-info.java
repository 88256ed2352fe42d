/**
 * The non-blocking parser: bytes as they arrive in, a {@link io.headcount.model.Post} or a refusal out. Knows neither HTTP nor
 * the ring. In order: {@code DocumentDecoder} makes valid UTF-8 of the bytes, {@code MarkupGuard} keeps hostile markup away
 * from aalto, {@code PostParser} turns aalto's events, {@code PostBuilder} fills the post, {@code PostFinisher} settles what
 * depends on the whole document.
 */
package io.headcount.xml;
