import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads HOCON with the library that Jitsi's programs use. Standard input: {"documents": [text, ...]}. Standard output:
 * a line of JSON per document, {"settings": ..., "seconds": {path: ...}}, the latter for paths that end in a duration,
 * a delay or an interval. Substitutions come from the environment. Fails at the first document that the library does not
 * take.
 */
class HoconToJson {
  public static void main(String[] arguments) throws Exception {
    String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    StringBuilder output = new StringBuilder();
    for (String document : ConfigFactory.parseString(input).getStringList("documents")) {
      Config config = ConfigFactory.parseString(document).resolve();
      Map<String, Object> seconds = new TreeMap<>();
      for (var entry : config.entrySet()) {
        String path = entry.getKey();
        if (path.matches(".*(-duration|-delay|\\.interval)")) seconds.put(path, config.getDuration(path).toSeconds());
      }
      Map<String, Object> result = new HashMap<>();
      result.put("settings", config.root().unwrapped());
      result.put("seconds", seconds);
      // fromMap, unlike parseMap, takes keys as they are and not as paths.
      output.append(ConfigValueFactory.fromMap(result).render(ConfigRenderOptions.concise())).append('\n');
    }
    System.out.write(output.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
