package io.headcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What accepted connections get from a transport, asked of the operating system. */
final class TransportTest {
    private static final int SEND_BUFFER_BYTES = 32 * 1024;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGiveAcceptedConnectionsTheirSendBufferAndSendAtOnce(boolean epoll) throws IOException {
        Transport transport = epoll ? Transport.best() : Transport.nio();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
        CompletableFuture<SocketChannelConfig> accepted = new CompletableFuture<>();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(transport.listener())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.complete(channel.config());
                    }
                });
        transport.prepareSending(bootstrap, SEND_BUFFER_BYTES);
        Channel listener = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
            assertThat(accepted.join().isTcpNoDelay()).isTrue();
            // Linux counts twice what is asked for, of which the JDK tells half
            assertThat(accepted.join().getSendBufferSize())
                    .isEqualTo(epoll ? 2 * SEND_BUFFER_BYTES : SEND_BUFFER_BYTES);
        } finally {
            group.shutdownGracefully();
        }
    }
}
