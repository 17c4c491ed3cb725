export const digestTemplate = {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"notice-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#fff6e0\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"notice\" style=\"background:#fff6e0;background-color:#fff6e0;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#fff6e0;background-color:#fff6e0;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:18px 32px;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#7a4f01;\">"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"notices"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":1992},"end":{"line":87,"column":2123}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <p class=\"title\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "title", {"start":{"line":87,"column":2029},"end":{"line":87,"column":2034}} ), depth0))
    + "</p> "
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"points"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":2041},"end":{"line":87,"column":2113}}})) != null ? stack1 : "")
    + " ";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul>"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"points"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":2059},"end":{"line":87,"column":2101}}})) != null ? stack1 : "")
    + "</ul>";
},"3":function(container,depth0,helpers,partials,data) {
    return "<li>"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</li>";
},"4":function(container,depth0,helpers,partials,data) {
    return "<span dir=\"auto\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "tenant", {"start":{"line":87,"column":3781},"end":{"line":87,"column":3787}} ), depth0))
    + "</span> · ";
},"5":function(container,depth0,helpers,partials,data) {
    return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "opening", {"start":{"line":87,"column":4378},"end":{"line":87,"column":4385}} ), depth0))
    + "</p>";
},"6":function(container,depth0,helpers,partials,data) {
    return "<p class=\"note\">"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</p>";
},"7":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <p class=\"label\">"
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":87,"column":6350},"end":{"line":87,"column":6355}} ), depth0))
    + "</p> <p class=\""
    + alias3(alias2(alias1(depth0, "size", {"start":{"line":87,"column":6374},"end":{"line":87,"column":6378}} ), depth0))
    + " "
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":6383},"end":{"line":87,"column":6387}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "value", {"start":{"line":87,"column":6393},"end":{"line":87,"column":6398}} ), depth0))
    + "</p> "
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"details"),{"name":"each","hash":{},"fn":container.program(8, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":6405},"end":{"line":87,"column":6460}}})) != null ? stack1 : "")
    + " ";
},"8":function(container,depth0,helpers,partials,data) {
    return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</p>";
},"9":function(container,depth0,helpers,partials,data) {
    return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:8px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "scope", {"start":{"line":87,"column":11327},"end":{"line":87,"column":11332}} ), depth0))
    + "</p></div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"10":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:12px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"first-outlook\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"first mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"background-color:#f4f5f7;vertical-align:top;padding:14px 16px;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"with").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"firstStep"),{"name":"with","hash":{},"fn":container.program(11, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":13003},"end":{"line":87,"column":13362}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"11":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <p class=\"label\">Start with</p> <p>"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(12, data, 0),"inverse":container.program(13, data, 0),"data":data,"loc":{"start":{"line":87,"column":13058},"end":{"line":87,"column":13172}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"tags"),{"name":"each","hash":{},"fn":container.program(14, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":13172},"end":{"line":87,"column":13251}}})) != null ? stack1 : "")
    + "</p> <p>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "advice", {"start":{"line":87,"column":13261},"end":{"line":87,"column":13267}} ), depth0))
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"methodsHref"),{"name":"if","hash":{},"fn":container.program(15, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":13269},"end":{"line":87,"column":13348}}})) != null ? stack1 : "")
    + "</p> ";
},"12":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<a class=\"who\" href=\""
    + alias3(alias2(alias1(depth0, "href", {"start":{"line":87,"column":13093},"end":{"line":87,"column":13097}} ), depth0))
    + "\"><b dir=\"auto\">"
    + alias3(alias2(alias1(depth0, "name", {"start":{"line":87,"column":13117},"end":{"line":87,"column":13121}} ), depth0))
    + "</b></a>";
},"13":function(container,depth0,helpers,partials,data) {
    return "<b dir=\"auto\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "name", {"start":{"line":87,"column":13155},"end":{"line":87,"column":13159}} ), depth0))
    + "</b>";
},"14":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return " · <span class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":13204},"end":{"line":87,"column":13208}} ), depth0))
    + " tag\" dir=\"auto\">"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":87,"column":13229},"end":{"line":87,"column":13233}} ), depth0))
    + "</span>";
},"15":function(container,depth0,helpers,partials,data) {
    return " <a href=\""
    + container.escapeExpression(container.lambda(container.strict(depth0, "methodsHref", {"start":{"line":87,"column":13300},"end":{"line":87,"column":13311}} ), depth0))
    + "\">Authentication methods</a>";
},"16":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:28px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h2>"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"changes"), "title", {"start":{"line":87,"column":14979},"end":{"line":87,"column":14992}} ), depth0))
    + "</h2></div> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"changes"),"note"),{"name":"if","hash":{},"fn":container.program(17, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":15237},"end":{"line":87,"column":15301}}})) != null ? stack1 : "")
    + "</div> </td> </tr> <tr> <td align=\"left\" class=\"rows\" style=\"font-size:0px;padding:8px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> "
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(lookupProperty(depth0,"changes"),"groups"),{"name":"each","hash":{},"fn":container.program(18, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":15642},"end":{"line":87,"column":16278}}})) != null ? stack1 : "")
    + " </table> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"17":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"changes"), "note", {"start":{"line":87,"column":15276},"end":{"line":87,"column":15288}} ), depth0))
    + "</p>";
},"18":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <tbody>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"changes"),{"name":"each","hash":{},"fn":container.program(19, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":15674},"end":{"line":87,"column":16180}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"rest"),{"name":"if","hash":{},"fn":container.program(24, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":16180},"end":{"line":87,"column":16260}}})) != null ? stack1 : "")
    + "</tbody> ";
},"19":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr> <td width=\"15%\" class=\"kind\"><b class=\""
    + alias3(alias2(alias1(depths[1], "tone", {"start":{"line":87,"column":15737},"end":{"line":87,"column":15744}} ), depth0))
    + "\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(data,"first"),{"name":"if","hash":{},"fn":container.program(20, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":15748},"end":{"line":87,"column":15781}}})) != null ? stack1 : "")
    + "</b></td> <th width=\"41%\" scope=\"row\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(21, data, 0, blockParams, depths),"inverse":container.program(23, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":15819},"end":{"line":87,"column":16142}}})) != null ? stack1 : "")
    + "</th> <td>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":87,"column":16154},"end":{"line":87,"column":16158}} ), depth0))
    + "</td> </tr>";
},"20":function(container,depth0,helpers,partials,data,blockParams,depths) {
    return container.escapeExpression(container.lambda(container.strict(depths[1], "title", {"start":{"line":87,"column":15764},"end":{"line":87,"column":15772}} ), depth0));
},"21":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<a class=\"who\" href=\""
    + alias3(alias2(alias1(depth0, "href", {"start":{"line":87,"column":15854},"end":{"line":87,"column":15858}} ), depth0))
    + "\"><b dir=\"auto\">"
    + alias3(alias2(alias1(depth0, "name", {"start":{"line":87,"column":15878},"end":{"line":87,"column":15882}} ), depth0))
    + "</b>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"userPrincipalName"),{"name":"if","hash":{},"fn":container.program(22, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":15888},"end":{"line":87,"column":15983}}})) != null ? stack1 : "")
    + "</a>";
},"22":function(container,depth0,helpers,partials,data) {
    return "<br><span class=\"muted\" dir=\"auto\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "userPrincipalName", {"start":{"line":87,"column":15950},"end":{"line":87,"column":15967}} ), depth0))
    + "</span>";
},"23":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<a class=\"who\"><b dir=\"auto\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "name", {"start":{"line":87,"column":16026},"end":{"line":87,"column":16030}} ), depth0))
    + "</b>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"userPrincipalName"),{"name":"if","hash":{},"fn":container.program(22, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":16036},"end":{"line":87,"column":16131}}})) != null ? stack1 : "")
    + "</a>";
},"24":function(container,depth0,helpers,partials,data) {
    return "<tr><td></td><td colspan=\"2\" class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "rest", {"start":{"line":87,"column":16237},"end":{"line":87,"column":16241}} ), depth0))
    + "</td></tr>";
},"25":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h2 class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":17905},"end":{"line":87,"column":17909}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":87,"column":17915},"end":{"line":87,"column":17920}} ), depth0))
    + "</h2></div> </td> </tr> <tr> <td align=\"left\" class=\"rows\" style=\"font-size:0px;padding:10px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"rows"),{"name":"if","hash":{},"fn":container.program(26, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":18269},"end":{"line":87,"column":19234}}})) != null ? stack1 : "")
    + " </table> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:8px 0 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"rest"),{"name":"if","hash":{},"fn":container.program(35, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19481},"end":{"line":87,"column":19529}}})) != null ? stack1 : "")
    + " <h3>What to do</h3> <ul>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"whatToDo"),{"name":"each","hash":{},"fn":container.program(36, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19554},"end":{"line":87,"column":19684}}})) != null ? stack1 : "")
    + "</ul></div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"26":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <thead><tr><th width=\"41%\" scope=\"col\" class=\"muted\">Person</th><th width=\"27%\" scope=\"col\" class=\"muted\">Uses</th><th scope=\"col\" class=\"muted\">MFA</th></tr></thead> <tbody>"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"rows"),{"name":"each","hash":{},"fn":container.program(27, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":18456},"end":{"line":87,"column":19218}}})) != null ? stack1 : "")
    + "</tbody> ";
},"27":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr> <th scope=\"row\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(21, data, 0, blockParams, depths),"inverse":container.program(23, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":18491},"end":{"line":87,"column":18814}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"tags"),{"name":"each","hash":{},"fn":container.program(28, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":18814},"end":{"line":87,"column":18926}}})) != null ? stack1 : "")
    + "</th> <td>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"uses"),{"name":"each","hash":{},"fn":container.program(31, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":18936},"end":{"line":87,"column":19061}}})) != null ? stack1 : "")
    + "</td> <td>"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"methodsHref"),{"name":"if","hash":{},"fn":container.program(33, data, 0, blockParams, depths),"inverse":container.program(34, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":19071},"end":{"line":87,"column":19157}}})) != null ? stack1 : "")
    + "<br><span class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "reason", {"start":{"line":87,"column":19183},"end":{"line":87,"column":19189}} ), depth0))
    + "</span></td> </tr>";
},"28":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(data,"first"),{"name":"if","hash":{},"fn":container.program(29, data, 0),"inverse":container.program(30, data, 0),"data":data,"loc":{"start":{"line":87,"column":18828},"end":{"line":87,"column":18864}}})) != null ? stack1 : "")
    + "<span class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":18879},"end":{"line":87,"column":18883}} ), depth0))
    + " tag\" dir=\"auto\">"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":87,"column":18904},"end":{"line":87,"column":18908}} ), depth0))
    + "</span>";
},"29":function(container,depth0,helpers,partials,data) {
    return "<br>";
},"30":function(container,depth0,helpers,partials,data) {
    return " · ";
},"31":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return container.escapeExpression(container.lambda(container.strict(depth0, "name", {"start":{"line":87,"column":18952},"end":{"line":87,"column":18956}} ), depth0))
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"detail"),{"name":"if","hash":{},"fn":container.program(32, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":18958},"end":{"line":87,"column":19020}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"unless").call(alias1,lookupProperty(data,"last"),{"name":"unless","hash":{},"fn":container.program(29, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19020},"end":{"line":87,"column":19052}}})) != null ? stack1 : "");
},"32":function(container,depth0,helpers,partials,data) {
    return "<br><span class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "detail", {"start":{"line":87,"column":18998},"end":{"line":87,"column":19004}} ), depth0))
    + "</span>";
},"33":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<a href=\""
    + alias3(alias2(alias1(depth0, "methodsHref", {"start":{"line":87,"column":19101},"end":{"line":87,"column":19112}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "methods", {"start":{"line":87,"column":19118},"end":{"line":87,"column":19125}} ), depth0))
    + "</a>";
},"34":function(container,depth0,helpers,partials,data) {
    return container.escapeExpression(container.lambda(container.strict(depth0, "methods", {"start":{"line":87,"column":19141},"end":{"line":87,"column":19148}} ), depth0));
},"35":function(container,depth0,helpers,partials,data) {
    return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "rest", {"start":{"line":87,"column":19512},"end":{"line":87,"column":19516}} ), depth0))
    + "</p>";
},"36":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<li>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "text", {"start":{"line":87,"column":19578},"end":{"line":87,"column":19582}} ), depth0))
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"links"),{"name":"each","hash":{},"fn":container.program(37, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19584},"end":{"line":87,"column":19670}}})) != null ? stack1 : "")
    + "</li>";
},"37":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <a href=\""
    + alias3(alias2(alias1(depth0, "href", {"start":{"line":87,"column":19611},"end":{"line":87,"column":19615}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":87,"column":19621},"end":{"line":87,"column":19626}} ), depth0))
    + "</a>"
    + ((stack1 = lookupProperty(helpers,"unless").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(data,"last"),{"name":"unless","hash":{},"fn":container.program(38, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19632},"end":{"line":87,"column":19661}}})) != null ? stack1 : "");
},"38":function(container,depth0,helpers,partials,data) {
    return ",";
},"39":function(container,depth0,helpers,partials,data) {
    return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:24px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "wouldShow", {"start":{"line":87,"column":21323},"end":{"line":87,"column":21332}} ), depth0))
    + "</p></div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"40":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h2>"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"emergency"), "title", {"start":{"line":87,"column":22957},"end":{"line":87,"column":22972}} ), depth0))
    + "</h2></div> </td> </tr> <tr> <td align=\"left\" class=\"rows\" style=\"font-size:0px;padding:10px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> <tbody>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(lookupProperty(depth0,"emergency"),"accounts"),{"name":"each","hash":{},"fn":container.program(41, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":23328},"end":{"line":87,"column":23789}}})) != null ? stack1 : "")
    + "</tbody> </table> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"emergency"),"rest"),{"name":"if","hash":{},"fn":container.program(42, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":24038},"end":{"line":87,"column":24106}}})) != null ? stack1 : "")
    + " "
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(lookupProperty(depth0,"emergency"),"links"),{"name":"each","hash":{},"fn":container.program(43, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":24107},"end":{"line":87,"column":24208}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"41":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr> <th width=\"38%\" scope=\"row\">"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(21, data, 0, blockParams, depths),"inverse":container.program(23, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":23389},"end":{"line":87,"column":23712}}})) != null ? stack1 : "")
    + "</th> <td><b class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":23734},"end":{"line":87,"column":23738}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "state", {"start":{"line":87,"column":23744},"end":{"line":87,"column":23749}} ), depth0))
    + ".</b> "
    + alias3(alias2(alias1(depth0, "sentence", {"start":{"line":87,"column":23759},"end":{"line":87,"column":23767}} ), depth0))
    + "</td> </tr>";
},"42":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"emergency"), "rest", {"start":{"line":87,"column":24079},"end":{"line":87,"column":24093}} ), depth0))
    + "</p>";
},"43":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<p>What such an account needs: <a href=\""
    + alias3(alias2(alias1(depth0, "href", {"start":{"line":87,"column":24174},"end":{"line":87,"column":24178}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":87,"column":24184},"end":{"line":87,"column":24189}} ), depth0))
    + "</a></p>";
},"44":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h2>"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"exceptions"), "title", {"start":{"line":87,"column":25828},"end":{"line":87,"column":25844}} ), depth0))
    + "</h2></div> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"exceptions"),"problems"),{"name":"if","hash":{},"fn":container.program(45, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":26089},"end":{"line":87,"column":26203}}})) != null ? stack1 : "")
    + "</div> </td> </tr> <tr> <td align=\"left\" class=\"rows\" style=\"font-size:0px;padding:10px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> <tbody>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(lookupProperty(depth0,"exceptions"),"active"),{"name":"each","hash":{},"fn":container.program(46, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":26552},"end":{"line":87,"column":27027}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(lookupProperty(depth0,"exceptions"),"ended"),{"name":"each","hash":{},"fn":container.program(48, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":27027},"end":{"line":87,"column":27482}}})) != null ? stack1 : "")
    + "</tbody> </table> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"exceptions"),"rest"),{"name":"if","hash":{},"fn":container.program(49, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":27731},"end":{"line":87,"column":27801}}})) != null ? stack1 : "")
    + " "
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(lookupProperty(depth0,"exceptions"),"note"),{"name":"if","hash":{},"fn":container.program(50, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":27802},"end":{"line":87,"column":27872}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"45":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul class=\"caution\">"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"exceptions"),"problems"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":26136},"end":{"line":87,"column":26191}}})) != null ? stack1 : "")
    + "</ul>";
},"46":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr> <th width=\"38%\" scope=\"row\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(21, data, 0, blockParams, depths),"inverse":container.program(23, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":26612},"end":{"line":87,"column":26935}}})) != null ? stack1 : "")
    + "</th> <td>"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"mark"),{"name":"if","hash":{},"fn":container.program(47, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":26945},"end":{"line":87,"column":26999}}})) != null ? stack1 : "")
    + container.escapeExpression(container.lambda(container.strict(depth0, "text", {"start":{"line":87,"column":27001},"end":{"line":87,"column":27005}} ), depth0))
    + "</td> </tr>";
},"47":function(container,depth0,helpers,partials,data) {
    return "<b class=\"caution\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "mark", {"start":{"line":87,"column":26978},"end":{"line":87,"column":26982}} ), depth0))
    + "</b><br>";
},"48":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr> <th width=\"38%\" scope=\"row\">"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"href"),{"name":"if","hash":{},"fn":container.program(21, data, 0, blockParams, depths),"inverse":container.program(23, data, 0, blockParams, depths),"data":data,"loc":{"start":{"line":87,"column":27086},"end":{"line":87,"column":27409}}})) != null ? stack1 : "")
    + "</th> <td><b class=\"caution\">"
    + alias3(alias2(alias1(depth0, "mark", {"start":{"line":87,"column":27440},"end":{"line":87,"column":27444}} ), depth0))
    + "</b><br>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":87,"column":27456},"end":{"line":87,"column":27460}} ), depth0))
    + "</td> </tr>";
},"49":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"exceptions"), "rest", {"start":{"line":87,"column":27773},"end":{"line":87,"column":27788}} ), depth0))
    + "</p>";
},"50":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"exceptions"), "note", {"start":{"line":87,"column":27844},"end":{"line":87,"column":27859}} ), depth0))
    + "</p>";
},"51":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h2>"
    + alias3(alias2(alias1(lookupProperty(depth0,"trend"), "title", {"start":{"line":87,"column":29487},"end":{"line":87,"column":29498}} ), depth0))
    + "</h2></div> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><p class=\"muted\">"
    + alias3(alias2(alias1(lookupProperty(depth0,"trend"), "summary", {"start":{"line":87,"column":29762},"end":{"line":87,"column":29775}} ), depth0))
    + "</p></div> </td> </tr> <tr> <td align=\"left\" class=\"trend\" style=\"font-size:0px;padding:12px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> <tbody><tr>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(lookupProperty(depth0,"trend"),"bars"),{"name":"each","hash":{},"fn":container.program(52, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":30155},"end":{"line":87,"column":30643}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(lookupProperty(depth0,"trend"),"isShort"),{"name":"if","hash":{},"fn":container.program(57, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":30643},"end":{"line":87,"column":30680}}})) != null ? stack1 : "")
    + "</tr></tbody> </table> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:6px 0 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><p class=\"muted\">"
    + alias3(alias2(alias1(lookupProperty(depth0,"trend"), "firstDay", {"start":{"line":87,"column":30959},"end":{"line":87,"column":30973}} ), depth0))
    + " to "
    + alias3(alias2(alias1(lookupProperty(depth0,"trend"), "lastDay", {"start":{"line":87,"column":30981},"end":{"line":87,"column":30994}} ), depth0))
    + ". "
    + alias3(alias2(alias1(lookupProperty(depth0,"trend"), "legend", {"start":{"line":87,"column":31000},"end":{"line":87,"column":31012}} ), depth0))
    + "</p>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(lookupProperty(depth0,"trend"),"facts"),{"name":"each","hash":{},"fn":container.program(58, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":31018},"end":{"line":87,"column":31063}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> ";
},"52":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return " <td class=\"slot\" width=\"3.3%\" valign=\"bottom\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\">"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"isPartial"),{"name":"if","hash":{},"fn":container.program(53, data, 0),"inverse":container.program(54, data, 0),"data":data,"loc":{"start":{"line":87,"column":30294},"end":{"line":87,"column":30620}}})) != null ? stack1 : "")
    + "</table></td> ";
},"53":function(container,depth0,helpers,partials,data) {
    return "<tr><td class=\"bar none\" height=\""
    + container.escapeExpression(container.lambda(container.strict(depth0, "restHeight", {"start":{"line":87,"column":30346},"end":{"line":87,"column":30356}} ), depth0))
    + "\">&nbsp;</td></tr>";
},"54":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"othersHeight"),{"name":"if","hash":{},"fn":container.program(55, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":30384},"end":{"line":87,"column":30498}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"blockedHeight"),{"name":"if","hash":{},"fn":container.program(56, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":30498},"end":{"line":87,"column":30613}}})) != null ? stack1 : "");
},"55":function(container,depth0,helpers,partials,data) {
    return "<tr><td class=\"bar others\" height=\""
    + container.escapeExpression(container.lambda(container.strict(depth0, "othersHeight", {"start":{"line":87,"column":30441},"end":{"line":87,"column":30453}} ), depth0))
    + "\" bgcolor=\"#a9b1bd\">&nbsp;</td></tr>";
},"56":function(container,depth0,helpers,partials,data) {
    return "<tr><td class=\"bar worst\" height=\""
    + container.escapeExpression(container.lambda(container.strict(depth0, "blockedHeight", {"start":{"line":87,"column":30555},"end":{"line":87,"column":30568}} ), depth0))
    + "\" bgcolor=\"#a4262c\">&nbsp;</td></tr>";
},"57":function(container,depth0,helpers,partials,data) {
    return "<td></td>";
},"58":function(container,depth0,helpers,partials,data) {
    return "<p>"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</p>";
},"59":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul>"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"files"),"attached"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":32710},"end":{"line":87,"column":32760}}})) != null ? stack1 : "")
    + "</ul>";
},"60":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p><b class=\"caution\">Not attached:</b></p><ul>"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"files"),"leftOut"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":32841},"end":{"line":87,"column":32890}}})) != null ? stack1 : "")
    + "</ul>";
},"61":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<p class=\"muted\">"
    + container.escapeExpression(container.lambda(container.strict(lookupProperty(depth0,"files"), "note", {"start":{"line":87,"column":32940},"end":{"line":87,"column":32950}} ), depth0))
    + "</p>";
},"62":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<tr><th width=\"38%\" scope=\"row\" class=\"muted\">"
    + alias3(alias2(alias1(depth0, "name", {"start":{"line":87,"column":35000},"end":{"line":87,"column":35004}} ), depth0))
    + "</th><td class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":35024},"end":{"line":87,"column":35028}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "state", {"start":{"line":87,"column":35034},"end":{"line":87,"column":35039}} ), depth0))
    + "</td></tr>";
},"63":function(container,depth0,helpers,partials,data) {
    return "<p class=\"muted note\">"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</p>";
},"64":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<a href=\""
    + alias3(alias2(alias1(depth0, "href", {"start":{"line":87,"column":35473},"end":{"line":87,"column":35477}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":87,"column":35483},"end":{"line":87,"column":35488}} ), depth0))
    + "</a> ";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data,blockParams,depths) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<!doctype html><html lang=\""
    + alias3(alias2(alias1(depth0, "language", {"start":{"line":1,"column":29},"end":{"line":1,"column":37}} ), depth0))
    + "\" dir=\"ltr\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>"
    + alias3(alias2(alias1(depth0, "subject", {"start":{"line":1,"column":193},"end":{"line":1,"column":200}} ), depth0))
    + "</title>\u003C!--[if !mso]>\u003C!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\">\u003C!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\">\n      #outlook a { padding:0; }\n      body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\n      table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\n      img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\n      p { display:block;margin:13px 0; }\n    </style>\u003C!--[if mso]>\n    <noscript>\n    <xml>\n    <o:OfficeDocumentSettings>\n      <o:AllowPNG/>\n      <o:PixelsPerInch>96</o:PixelsPerInch>\n    </o:OfficeDocumentSettings>\n    </xml>\n    </noscript>\n    <![endif]-->\u003C!--[if lte mso 11]>\n    <style type=\"text/css\">\n      .mj-outlook-group-fix { width:100% !important; }\n    </style>\n    <![endif]--><style type=\"text/css\">\n      @media only screen and (min-width:480px) {\n        .mj-column-per-100 { width:100% !important; max-width: 100%; }\n.mj-column-per-50 { width:50% !important; max-width: 50%; }\n      }\n    </style><style media=\"screen and (min-width:480px)\">\n      .moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }\n.moz-text-html .mj-column-per-50 { width:50% !important; max-width: 50%; }\n    </style><style type=\"text/css\">\n:root { color-scheme: light dark; supported-color-schemes: light dark; }\nh1, h2, h3, p { margin: 0; font-weight: 400; }\nh1, h2, h3, b, .label { font-weight: 600; }\nh1 { font-size: 20px; line-height: 26px; }\nh2 { font-size: 17px; line-height: 23px; }\nh3 { font-size: 13px; line-height: 18px; margin: 8px 0 0; }\nul { margin: 4px 0 0; padding: 0 0 0 20px; }\nli { margin: 0 0 3px; }\n.card div, .card td, .card th { background-color: #ffffff; color: #1b1f24; }\n.card a { color: #0b57a4; background-color: #ffffff; }\n.tile .muted { font-size: 13px; line-height: 18px; }\n.note { padding: 4px 0 0; }\n.title { font-weight: 600; }\n.card .muted { color: #57606a; background-color: #ffffff; }\n.card .tag { color: #57606a; background-color: #ffffff; font-size: 12px; }\n.card .blocked { color: #a4262c; background-color: #ffffff; }\n.card .caution { color: #7a4f01; background-color: #ffffff; }\n.card .good { color: #0f6b3c; background-color: #ffffff; }\n.who { text-decoration: none; }\n.who b { font-size: 14px; }\n.who .muted { font-size: 12px; }\n.figure { font-size: 28px; line-height: 32px; font-weight: 600; font-variant-numeric: tabular-nums; }\n.words { font-size: 18px; line-height: 32px; font-weight: 600; }\n.label { font-size: 13px; line-height: 18px; }\n.notice div, .notice p, .notice li { color: #7a4f01; background-color: #fff6e0; }\n.notice li { font-size: 13px; line-height: 18px; }\n.first div, .first td, .first p, .first a, .card .first .tag { background-color: #f4f5f7; }\n.rows th, .rows td { padding: 10px 16px 10px 0; vertical-align: top; text-align: left; font-weight: 400; border-top: 1px solid #d9dde2; word-break: break-word; overflow-wrap: anywhere; }\n.rows thead th { border-top: 0; padding: 0 16px 6px 0; font-size: 12px; }\n.sources th, .sources td { padding: 2px 16px 2px 0; text-align: left; vertical-align: top; font-weight: 400; }\n.trend td { border-bottom: 1px solid #a9b1bd; }\n.slot { padding: 0 1px; vertical-align: bottom; }\n.trend td td { border-bottom: 0; }\n.trend .bar { font-size: 1px; line-height: 1px; mso-line-height-rule: exactly; }\n.trend .others { background-color: #a9b1bd; }\n.trend .worst { background-color: #a4262c; }\n.trend .none { border: 1px dashed #a9b1bd; }\n@media only screen and (max-width: 479px) {\n  .card > table > tbody > tr > td, .notice > table > tbody > tr > td { padding-left: 20px !important; padding-right: 20px !important; }\n  .rows thead { display: none !important; }\n  .rows th, .rows td { display: block !important; width: auto !important; padding: 0 0 4px !important; border-top: 0 !important; }\n  .rows tr { display: block !important; padding: 12px 0 8px !important; border-top: 1px solid #d9dde2 !important; }\n}\n@media (prefers-color-scheme: dark) {\n  body, .page > div { background-color: #15171b !important; }\n  .card, .card > table, .card > table > tbody > tr > td { background-color: #1f2228 !important; }\n  .card div, .card td, .card th { color: #e8eaed !important; background-color: #1f2228 !important; }\n  .card a { color: #8ab8ff !important; background-color: #1f2228 !important; }\n  .card .muted, .card .tag { color: #a9b1bd !important; background-color: #1f2228 !important; }\n  .card .blocked { color: #ff9a9a !important; background-color: #1f2228 !important; }\n  .card .caution { color: #f0c36d !important; background-color: #1f2228 !important; }\n  .card .good { color: #7bd3a0 !important; background-color: #1f2228 !important; }\n  .card .first, .card .first div, .card .first td, .card .first p, .card .first a, .card .first .tag { background-color: #2a2e36 !important; }\n  .notice, .notice > table, .notice > table > tbody > tr > td, .notice div, .notice p, .notice li { color: #f0c36d !important; background-color: #352b16 !important; }\n  .rows th, .rows td, .rows tr { border-color: #3a3f48 !important; }\n  .trend .others { background-color: #6b7380 !important; }\n  .trend .worst { background-color: #ff9a9a !important; }\n}\n    </style><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no, url=no\"></head><body class=\"page\" style=\"word-spacing:normal;background-color:#f4f5f7;\"> <div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;\">"
    + alias3(alias2(alias1(depth0, "preheader", {"start":{"line":87,"column":418},"end":{"line":87,"column":427}} ), depth0))
    + "</div> <div aria-label=\""
    + alias3(alias2(alias1(depth0, "subject", {"start":{"line":87,"column":455},"end":{"line":87,"column":462}} ), depth0))
    + "\" aria-roledescription=\"email\" role=\"article\" lang=\""
    + alias3(alias2(alias1(depth0, "language", {"start":{"line":87,"column":518},"end":{"line":87,"column":526}} ), depth0))
    + "\" dir=\"ltr\" style=\"word-spacing:normal;background-color:#f4f5f7;\"> "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"notices"),{"name":"if","hash":{},"fn":container.program(0, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":595},"end":{"line":87,"column":2339}}})) != null ? stack1 : "")
    + " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:24px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><p class=\"muted\">"
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":87,"column":3738},"end":{"line":87,"column":3743}} ), depth0))
    + " · "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"tenant"),{"name":"if","hash":{},"fn":container.program(4, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":3748},"end":{"line":87,"column":3806}}})) != null ? stack1 : "")
    + alias3(alias2(alias1(depth0, "date", {"start":{"line":87,"column":3808},"end":{"line":87,"column":3812}} ), depth0))
    + "</p></div> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:8px 0 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\"><h1 class=\""
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":87,"column":4075},"end":{"line":87,"column":4079}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "headline", {"start":{"line":87,"column":4085},"end":{"line":87,"column":4093}} ), depth0))
    + "</h1></div> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:6px 0 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"opening"),{"name":"if","hash":{},"fn":container.program(5, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":4344},"end":{"line":87,"column":4398}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"notes"),{"name":"each","hash":{},"fn":container.program(6, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":4398},"end":{"line":87,"column":4450}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:20px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"width:288px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0;line-height:0;text-align:left;display:inline-block;width:100%;direction:ltr;\"> \u003C!--[if mso | IE]><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" ><tr><td style=\"vertical-align:top;width:144px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:50%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" class=\"tile\" style=\"font-size:0px;padding:0 12px 10px 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"with").call(alias4,lookupProperty(lookupProperty(depth0,"tiles"),"0"),{"name":"with","hash":{},"fn":container.program(7, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":6311},"end":{"line":87,"column":6470}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td><td style=\"vertical-align:top;width:144px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:50%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" class=\"tile\" style=\"font-size:0px;padding:0 12px 10px 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"with").call(alias4,lookupProperty(lookupProperty(depth0,"tiles"),"1"),{"name":"with","hash":{},"fn":container.program(7, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":7256},"end":{"line":87,"column":7415}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </div> \u003C!--[if mso | IE]></td><td class=\"\" style=\"width:288px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0;line-height:0;text-align:left;display:inline-block;width:100%;direction:ltr;\"> \u003C!--[if mso | IE]><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" ><tr><td style=\"vertical-align:top;width:144px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:50%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" class=\"tile\" style=\"font-size:0px;padding:0 12px 10px 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"with").call(alias4,lookupProperty(lookupProperty(depth0,"tiles"),"2"),{"name":"with","hash":{},"fn":container.program(7, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":8547},"end":{"line":87,"column":8706}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td><td style=\"vertical-align:top;width:144px;\" ><![endif]--> <div class=\"mj-column-per-50 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:50%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" class=\"tile\" style=\"font-size:0px;padding:0 12px 10px 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:15px;line-height:22px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"with").call(alias4,lookupProperty(lookupProperty(depth0,"tiles"),"3"),{"name":"with","hash":{},"fn":container.program(7, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":9492},"end":{"line":87,"column":9651}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"scope"),{"name":"if","hash":{},"fn":container.program(9, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":9916},"end":{"line":87,"column":11554}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"firstStep"),{"name":"if","hash":{},"fn":container.program(10, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":11554},"end":{"line":87,"column":13578}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"changes"),{"name":"if","hash":{},"fn":container.program(16, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":13578},"end":{"line":87,"column":16497}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"lists"),{"name":"each","hash":{},"fn":container.program(25, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":16497},"end":{"line":87,"column":19907}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"wouldShow"),{"name":"if","hash":{},"fn":container.program(39, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":19907},"end":{"line":87,"column":21554}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"emergency"),{"name":"if","hash":{},"fn":container.program(40, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":21554},"end":{"line":87,"column":24424}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"exceptions"),{"name":"if","hash":{},"fn":container.program(44, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":24424},"end":{"line":87,"column":28088}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"trend"),{"name":"if","hash":{},"fn":container.program(51, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":28088},"end":{"line":87,"column":31279}}})) != null ? stack1 : "")
    + " \u003C!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 0;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><h2>"
    + alias3(alias2(alias1(lookupProperty(depth0,"files"), "title", {"start":{"line":87,"column":32665},"end":{"line":87,"column":32676}} ), depth0))
    + "</h2> "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(lookupProperty(depth0,"files"),"attached"),{"name":"if","hash":{},"fn":container.program(59, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":32684},"end":{"line":87,"column":32772}}})) != null ? stack1 : "")
    + " "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(lookupProperty(depth0,"files"),"leftOut"),{"name":"if","hash":{},"fn":container.program(60, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":32773},"end":{"line":87,"column":32902}}})) != null ? stack1 : "")
    + " "
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(lookupProperty(depth0,"files"),"note"),{"name":"if","hash":{},"fn":container.program(61, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":32903},"end":{"line":87,"column":32963}}})) != null ? stack1 : "")
    + "</div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"card-outlook\" role=\"presentation\" style=\"width:640px;\" width=\"640\" bgcolor=\"#ffffff\" ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\"><![endif]--> <div class=\"card\" style=\"background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;\"> <table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#ffffff;background-color:#ffffff;width:100%;\"> <tbody> <tr> <td style=\"direction:ltr;font-size:0px;padding:32px 32px 32px;text-align:center;\"> \u003C!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:576px;\" ><![endif]--> <div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td style=\"vertical-align:top;padding:0;\"> <table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\"> <tbody> <tr> <td align=\"left\" style=\"font-size:0px;padding:0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\"><h2>What this is based on</h2><p>"
    + alias3(alias2(alias1(lookupProperty(depth0,"footer"), "window", {"start":{"line":87,"column":34558},"end":{"line":87,"column":34571}} ), depth0))
    + "</p></div> </td> </tr> <tr> <td align=\"left\" class=\"sources\" style=\"font-size:0px;padding:8px 0 0;word-break:break-word;\"> <table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" border=\"0\" style=\"color:#1b1f24;font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;table-layout:auto;width:100%;border:none;\"> <tbody>"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(lookupProperty(depth0,"footer"),"sources"),{"name":"each","hash":{},"fn":container.program(62, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":34928},"end":{"line":87,"column":35060}}})) != null ? stack1 : "")
    + "</tbody> </table> </td> </tr> <tr> <td align=\"left\" style=\"font-size:0px;padding:8px 0 0;word-break:break-word;\"> <div style=\"font-family:'Segoe UI', -apple-system, Roboto, Arial, sans-serif;font-size:13px;line-height:18px;text-align:left;color:#1b1f24;\">"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(lookupProperty(depth0,"footer"),"notes"),{"name":"each","hash":{},"fn":container.program(63, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":35315},"end":{"line":87,"column":35380}}})) != null ? stack1 : "")
    + " <p class=\"muted note\">"
    + alias3(alias2(alias1(lookupProperty(depth0,"footer"), "about", {"start":{"line":87,"column":35405},"end":{"line":87,"column":35417}} ), depth0))
    + "</p> <p class=\"note\">"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(lookupProperty(depth0,"footer"),"links"),{"name":"each","hash":{},"fn":container.program(64, data, 0, blockParams, depths),"inverse":container.noop,"data":data,"loc":{"start":{"line":87,"column":35440},"end":{"line":87,"column":35504}}})) != null ? stack1 : "")
    + "</p></div> </td> </tr> </tbody> </table> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </td> </tr> </tbody> </table> </div> \u003C!--[if mso | IE]></td></tr></table><![endif]--> </div> </body></html>";
},"useData":true,"useDepths":true};
