import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Java's InetAddress, which asks the C library and keeps what it said. */
public final class Lookup {
    public static void main(String[] arguments) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                for (var address : InetAddress.getAllByName(line.split(" ")[1])) {
                    System.out.println(address.getHostAddress());
                }
            } catch (UnknownHostException missing) {
                // Nothing is printed for a name that is not there.
            }
            System.out.println();
            System.out.flush();
        }
    }
}
