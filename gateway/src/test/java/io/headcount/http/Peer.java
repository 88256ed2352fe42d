package io.headcount.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client on a plain socket: sends what it is told, byte for byte. */
public final class Peer implements AutoCloseable {
    private static final int GIVE_UP_MS = 30_000;
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final Socket socket;
    private final InputStream in;

    public Peer(InetSocketAddress gateway) throws IOException {
        this(gateway, 64 * 1024);
    }

    public Peer(InetSocketAddress gateway, int receiveBuffer) throws IOException {
        this(connected(gateway, receiveBuffer));
    }

    /** On a socket that is connected already. */
    Peer(Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A socket that gives up rather than let a test hang. */
    static Socket connected(InetSocketAddress gateway, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(GIVE_UP_MS);
        socket.connect(gateway, GIVE_UP_MS);
        return socket;
    }

    public Peer send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public Peer drip(String text) throws IOException {
        return drip(text, 1);
    }

    /** Sends in segments of this many bytes. */
    public Peer drip(String text, int segment) throws IOException {
        for (int i = 0; i < text.length(); i += segment) {
            send(text.substring(i, Math.min(text.length(), i + segment)));
        }
        return this;
    }

    /** Sends in segments of this many bytes, and no more once the gateway has answered. */
    public Peer dripUntilAnswered(String text, int segment) throws IOException {
        for (int i = 0; i < text.length() && in.available() == 0; i += segment) {
            send(text.substring(i, Math.min(text.length(), i + segment)));
        }
        return this;
    }

    /** FIN: nothing more will be sent. */
    public Peer endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** RST: the connection is torn down. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The next answer, whole; "" when the gateway has ended the connection. */
    public String answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head.toString();
            }
            head.append((char) b);
        }
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** The status of the next answer; 0 when the gateway has ended the connection. */
    public int status() throws IOException {
        String answer = answer();
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    /** Closes the connection in good order. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
