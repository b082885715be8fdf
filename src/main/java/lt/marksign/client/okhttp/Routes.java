package lt.marksign.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and the system's proxies in the order in which to try them: what failed comes last, what failed longest
 * ago before what failed lately. OkHttp 4 has each call begin, and end, with the first.
 */
final class Routes extends EventListener implements Dns {
    /** More than a host has; the bound is for names whose addresses change. */
    private static final int MAX_REMEMBERED = 100;

    private final Map<Object, Long> failures = new ConcurrentHashMap<>();
    private final AtomicLong failed = new AtomicLong();
    private final Dns dns;

    Routes(Dns dns) {
        this.dns = dns;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        return inOrder(dns.lookup(host));
    }

    private <T> List<T> inOrder(List<T> all) {
        return failures.isEmpty()
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(one -> failures.getOrDefault(one, 0L)))
                        .toList();
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        if (failures.size() >= MAX_REMEMBERED) {
            failures.clear();
        }
        long now = failed.incrementAndGet();
        failures.put(proxy, now);
        if (!address.isUnresolved()) {
            failures.put(address.getAddress(), now);
        }
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        if (!failures.isEmpty()) {
            failures.remove(proxy);
            if (!address.isUnresolved()) {
                failures.remove(address.getAddress());
            }
        }
    }

    /** The proxies that the system names. */
    ProxySelector proxies() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                ProxySelector system = getDefault();
                return system == null ? List.of(Proxy.NO_PROXY) : inOrder(system.select(uri));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                ProxySelector system = getDefault();
                if (system != null) {
                    system.connectFailed(uri, address, failure);
                }
            }
        };
    }
}
