/** The intake: connections, HTTP and its strictness, deadlines, answers. The only stage that knows Netty. */
package io.headcount.http;
