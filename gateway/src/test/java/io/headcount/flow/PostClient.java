package io.headcount.flow;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One kept connection of a camera: blocking, one post at a time unless asked otherwise. */
public final class PostClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** An answer as it came. */
    public record Answer(int status, String head, String body) {}

    public PostClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A POST of the document, with its length. */
    public static byte[] request(byte[] document) {
        byte[] head = ("POST /upload HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + document.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + document.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(document, 0, request, head.length, document.length);
        return request;
    }

    /** Posts and waits for the answer. */
    public Answer post(byte[] document) throws IOException {
        send(request(document));
        return answer();
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void sendInTwo(byte[] bytes, int split) throws IOException {
        send(java.util.Arrays.copyOfRange(bytes, 0, split));
        send(java.util.Arrays.copyOfRange(bytes, split, bytes.length));
    }

    /** The next answer. */
    public Answer answer() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("closed after: " + head.toString(StandardCharsets.US_ASCII));
            }
            head.write(c);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int status = Integer.parseInt(text.substring(9, 12));
        return new Answer(status, text, new String(in.readNBytes(contentLength(text)), StandardCharsets.UTF_8));
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
