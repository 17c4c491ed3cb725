# The clouds of Microsoft Graph, by the names that each tool has for them. Flex Consumption may not be in all of them:
# az functionapp list-flexconsumption-locations
@{
    Global   = @{ Graph = 'https://graph.microsoft.com'; Az = 'AzureCloud'; Exchange = 'O365Default' }
    USGov    = @{ Graph = 'https://graph.microsoft.us'; Az = 'AzureUSGovernment'; Exchange = 'O365USGovGCCHigh' }
    USGovDoD = @{ Graph = 'https://dod-graph.microsoft.us'; Az = 'AzureUSGovernment'; Exchange = 'O365USGovDoD' }
    China    = @{ Graph = 'https://microsoftgraph.chinacloudapi.cn'; Az = 'AzureChinaCloud'; Exchange = 'O365China' }
}
