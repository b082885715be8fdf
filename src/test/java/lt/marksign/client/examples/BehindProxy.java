package lt.marksign.client.examples;

import java.net.InetSocketAddress;
import java.net.Proxy;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignClientBuilder;
import lt.marksign.client.model.DocumentsQuery;

/** Counts documents through an HTTP proxy. The arguments are its host, its port, and a user and a password for it. */
public class BehindProxy {
    public static void main(String[] args) {
        try (MarkSignClient client =
                client(MarkSignClient.builderFromEnv(), args[0], Integer.parseInt(args[1]), args[2], args[3])) {
            System.out.println(client.workspace().page(new DocumentsQuery()).getTotal());
        }
    }

    static MarkSignClient client(MarkSignClientBuilder builder, String host, int port, String user, String password) {
        return builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)))
                .proxyCredentials(user, password)
                .build();
    }
}
